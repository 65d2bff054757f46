/**
 * What matters of the notices as lines of the log, for whoever looks after the service without the
 * chat: figures and names of contracts, no texts of the chat.
 */
import type { LiquidationPlanReport, Notice } from '../../core/notice.ts';
import type { Logger } from '../../ports/logger.ts';

const DRY_RUN = 'liquidation.dry_run';

/** In a crash a position is short several times a second: one line of it a minute. */
const EMERGENCY_EVERY_MS = 60_000;

type Emergency = Extract<Notice, { readonly type: 'emergency' }>;

export class NoticeLog {
  readonly #log: Logger;
  readonly #emergencyAt = new Map<string, number>();

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Routine has no line: moves and settings are in the history. */
  write(notice: Notice): void {
    if (notice.type !== 'emergency') logNotice(notice, this.#log);
    else if (!isCovered(notice) && this.#isDue(notice)) logEmergency(notice, this.#log);
  }

  #isDue({ symbol, at }: Emergency): boolean {
    for (const [known, since] of this.#emergencyAt) {
      if (Math.abs(at - since) >= EMERGENCY_EVERY_MS) this.#emergencyAt.delete(known);
    }
    if (this.#emergencyAt.has(symbol)) return false;
    this.#emergencyAt.set(symbol, at);
    return true;
  }
}

function logNotice(notice: Exclude<Notice, Emergency>, log: Logger): void {
  switch (notice.type) {
    case 'liquidated': {
      const { symbol, side, quantity, markPrice, collateralUsd } = notice;
      const fields = { symbol, side, quantity, markPrice, collateralUsd };
      log.warn(fields, 'position liquidated by the exchange');
      break;
    }
    case 'plan_proposed':
    case 'plan_changed':
      logPlan(notice.plan, log);
      break;
    case 'paused': {
      const { active, until, by } = notice;
      if (active) log.warn({ until, by: by.id }, 'paused');
      else log.info({ by: by.id }, 'resumed');
      break;
    }
    case 'halted': {
      const { active, reason } = notice;
      if (active) log.warn({ reason }, 'halted');
      else log.info({ reason }, 'no longer halted');
      break;
    }
    case 'outcome_unknown': {
      const { symbol, resolved } = notice;
      if (resolved) log.info({ symbol }, 'outcome of a write clarified');
      else log.warn({ symbol }, 'outcome of a write unknown');
      break;
    }
    case 'setting_dropped': {
      const keys = notice.settings.map(({ key }) => key);
      log.warn({ keys }, 'saved settings dropped, dry run is on');
      break;
    }
    case 'settings_changed': {
      const { key, from, to, by } = notice;
      if (key === DRY_RUN) log.warn({ from, to, by: by.id }, 'dry run switched');
    }
  }
}

/** A rescue that found all it needed and arrived is routine. */
function isCovered({ missingUsd, adjustments }: Emergency): boolean {
  return missingUsd.lte(0) && !adjustments.some(({ outcome }) => isRefusal(outcome?.kind));
}

function logEmergency(notice: Emergency, log: Logger): void {
  const { symbol, ratePct, missingUsd, dryRun, adjustments } = notice;
  const refused = adjustments.filter(({ outcome }) => isRefusal(outcome?.kind)).length;
  log.warn({ symbol, ratePct, missingUsd, refused, dryRun }, 'emergency not covered');
}

function logPlan(plan: LiquidationPlanReport, log: Logger): void {
  const { planId, state, shortfallUsd, remainingUsd, reductions, decidedBy } = plan;
  const figures = { planId, shortfallUsd, remainingUsd, reductions: reductions.length };
  const fields = { ...figures, ...(decidedBy ? { by: decidedBy.id } : {}) };
  if (state === 'pending') {
    log.warn(fields, 'liquidation plan proposed');
    return;
  }
  const confirmed = reductions.filter(({ outcome }) => outcome?.kind === 'confirmed').length;
  const refused = reductions.filter(({ outcome }) => isRefusal(outcome?.kind)).length;
  if (state !== 'done') log.info(fields, `liquidation plan ${state}`);
  else if (confirmed === reductions.length) log.info(fields, 'liquidation plan done');
  else log.warn({ ...fields, confirmed, refused }, 'liquidation plan done in part only');
}

function isRefusal(kind: string | undefined): boolean {
  return kind === 'denied' || kind === 'rejected';
}
