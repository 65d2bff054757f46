/** A liquidation plan in every state it can have. */
import { type Decimal, maxOf, sumOf, ZERO } from '../../core/decimal.ts';
import type { LiquidationPlanReport, PlanState, ReductionReport } from '../../core/notice.ts';
import type { Words } from '../i18n/words.ts';
import { duration } from './duration.ts';
import { rate, usd } from './format.ts';
import { fillLines, reductionRows, reductionTroubles } from './reductions.ts';
import { becameReduction, isRolled, rollIntroduction, rollLines, rollsOf } from './rolls.ts';
import { moment } from './times.ts';
import { type Block, type Buttons, compose, type View } from './view.ts';

export interface PlanModel {
  readonly plan: LiquidationPlanReport;
  /** False for viewers and where the buttons could not be made. */
  readonly mayDecide: boolean;
  /** What holds the service back at this moment. */
  readonly paused?: boolean;
  readonly dryRun?: boolean;
}

const FIGURES = ['notional', 'relieves'] as const;
const SHORT_IN_TITLE: ReadonlySet<PlanState> = new Set(['pending', 'rehearsed']);
/** Nothing of these was or will be done: they cover nothing. */
const DROPPED: ReadonlySet<PlanState> = new Set(['superseded', 'rejected', 'expired']);
/** What a roll is and costs need not be told any more. */
const ENDED: ReadonlySet<PlanState> = new Set([...DROPPED, 'done']);

export function planView(model: PlanModel, now: number, t: Words, buttons: Buttons = []): View {
  const { plan } = model;
  const blocks: Block[] = [
    titleLine(plan, t),
    // Where the title does not name the shortfall, this line does.
    t(SHORT_IN_TITLE.has(plan.state) || plan.purpose ? 'plan-account-rate' : 'plan-account', {
      rate: rate(plan.accountRatePct),
      short: usd(plan.shortfallUsd),
    }),
  ];
  if (plan.reductions.length > 0) blocks.push({ rows: reductionRows(plan.reductions, FIGURES, t) });
  blocks.push(...fillLines(plan.reductions, t), ...reductionTroubles(plan.reductions, t));
  blocks.push(...rollLines(plan.reductions, t));
  if (!ENDED.has(plan.state)) blocks.push(...rollIntroduction(plan.reductions, t));
  if (!DROPPED.has(plan.state) && !plan.purpose) blocks.push(remainderLine(plan, t));
  if (plan.state === 'pending') blocks.push(...holdLines(model, t));
  if (wasRehearsed(plan)) blocks.push(t('plan-dry'));
  blocks.push(stateLine(model, now, t));
  return compose(blocks, plan.state === 'pending' ? buttons : []);
}

/** `done` says that a round ended, not that every cut of it went through. */
function titleLine(plan: LiquidationPlanReport, t: Words): string {
  const done = confirmedCuts(plan);
  const rolls = rollsOf(plan.reductions);
  const rolled = rolls.filter(isRolled).length;
  const vars = { short: usd(plan.shortfallUsd), n: plan.reductions.length, done, rolled };
  if (rolls.length > 0) {
    if (SHORT_IN_TITLE.has(plan.state)) return t('plan-title-roll', vars);
    if (plan.state === 'running') return t('plan-title-rolling', vars);
    if (!endedShort(plan) && rolls.some(becameReduction)) return t('plan-title-roll-reduced', vars);
  }
  if (plan.purpose && SHORT_IN_TITLE.has(plan.state)) return t('plan-title-harvest', vars);
  if (!endedShort(plan)) return t(`plan-title-${plan.state}`, vars);
  if (done > 0) return t('plan-title-partly', vars);
  return t(plan.reductions.every(isRehearsed) ? 'plan-title-dry' : 'plan-title-failed', vars);
}

/** What approving means while something holds the service back. */
function holdLines({ paused = false, dryRun = false }: PlanModel, t: Words): string[] {
  if (dryRun) return [t('plan-despite-dry-run')];
  return paused ? [t('plan-despite-pause')] : [];
}

/** Dry run came on after it was proposed: what was left of it was not sent. */
function wasRehearsed({ state, reductions }: LiquidationPlanReport): boolean {
  return state === 'done' && reductions.some(isRehearsed);
}

function isRehearsed({ outcome }: ReductionReport): boolean {
  return outcome?.kind === 'rehearsed';
}

function endedShort(plan: LiquidationPlanReport): boolean {
  return plan.state === 'done' && confirmedCuts(plan) < plan.reductions.length;
}

function confirmedCuts({ reductions }: LiquidationPlanReport): number {
  return reductions.filter(({ outcome }) => outcome?.kind === 'confirmed').length;
}

/** Reductions somebody asked for, as they ended. */
export function reducedView(plan: LiquidationPlanReport, name: string, t: Words): View {
  const { reductions } = plan;
  return compose([
    t('notice-reduced', { name }),
    { rows: reductionRows(reductions, FIGURES, t) },
    ...fillLines(reductions, t),
    ...reductionTroubles(reductions, t),
  ]);
}

function remainderLine(plan: LiquidationPlanReport, t: Words): string {
  const left = wasRehearsed(plan) ? leftByConfirmed(plan) : plan.remainingUsd;
  if (left.lte(0)) return t('plan-covers');
  const remaining = usd(left);
  return t(plan.state === 'done' ? 'plan-left' : 'plan-remains', { remaining });
}

/** A rehearsed cut has relieved nothing. */
function leftByConfirmed({ shortfallUsd, reductions }: LiquidationPlanReport): Decimal {
  const done = reductions.filter(({ outcome }) => outcome?.kind === 'confirmed');
  return maxOf(ZERO, shortfallUsd.minus(sumOf(done.map(({ relievesUsd }) => relievesUsd))));
}

function stateLine({ plan, mayDecide }: PlanModel, now: number, t: Words): string {
  const by = {
    name: plan.decidedBy?.name ?? '',
    time: moment(plan.decidedAt ?? plan.createdAt, now, t),
  };
  if (plan.state === 'approved' && plan.runsAt !== undefined) {
    return t('plan-state-waits', { ...by, start: moment(plan.runsAt, now, t) });
  }
  if (plan.state !== 'pending') {
    const state = endedShort(plan) ? 'ended' : plan.state;
    return t(plan.decidedBy ? `plan-state-${state}-by` : `plan-state-${state}`, by);
  }
  const span = duration(plan.expiresAt - now, t);
  return t(mayDecide ? 'plan-state-pending' : 'plan-state-pending-viewer', { span });
}
