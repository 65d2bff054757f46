/**
 * What matters of the notices as lines of the log, for whoever looks after the service without the
 * chat: figures and names of contracts, no texts of the chat.
 */
import type { LiquidationPlanReport, Notice } from '../../core/notice.ts';
import type { Logger } from '../../ports/logger.ts';

const DRY_RUN = 'liquidation.dry_run';

/** Routine has no line: moves and settings are in the history. */
export function logNotice(notice: Notice, log: Logger): void {
  switch (notice.type) {
    case 'liquidated': {
      const { symbol, side, quantity, markPrice, collateralUsd } = notice;
      const fields = { symbol, side, quantity, markPrice, collateralUsd };
      log.warn(fields, 'position liquidated by the exchange');
      break;
    }
    case 'emergency':
      logEmergency(notice, log);
      break;
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
function logEmergency(notice: Extract<Notice, { type: 'emergency' }>, log: Logger): void {
  const { symbol, ratePct, missingUsd, dryRun, adjustments } = notice;
  const refused = adjustments.filter(({ outcome }) => isRefusal(outcome?.kind)).length;
  if (missingUsd.lte(0) && refused === 0) return;
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
