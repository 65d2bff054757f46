/** What the tests of rolls begin with: a winner whose profit is locked beside a loser. */
import type { LiquidationPlanReport } from '../../src/core/notice.ts';
import { type Rig, type RigOptions, rig } from './engine-rig.ts';
import { settle } from './manual-clock.ts';

export const ANN = { id: '7', name: 'Ann' };
export const BTC = 'tBTCF0:USTF0';
/** A winner whose profit nobody else can use, and a loser that runs dry. */
export const uneven = [
  { base: 'BTC', quantity: 1, entry: 10_000, collateral: 700 },
  { base: 'ETH', quantity: 10, entry: 1_000, collateral: 700 },
];

export type Change = Partial<{
  asks: boolean;
  dryRun: boolean;
  capPct: number;
  mode: 'roll' | 'reduce';
}>;

export function rolling(change: Change = {}): NonNullable<RigOptions['settings']> {
  return (s) => ({
    ...s,
    harvest: { ...s.harvest, mode: change.mode ?? 'roll', below_distance_pct: 20 },
    liquidation: {
      ...s.liquidation,
      safety_margin_multiplier: 1,
      require_confirmation: change.asks ?? true,
      dry_run: change.dryRun ?? false,
      max_single_close_pct: change.capPct ?? 25,
    },
  });
}

export async function locked(change: Change = {}, options: Partial<RigOptions> = {}): Promise<Rig> {
  const made = await rig({
    holdings: uneven,
    available: 0,
    settings: rolling(change),
    ...options,
  });
  made.venue.settles = true;
  made.venue.writes.length = 0;
  await made.mark('BTC', 12_000);
  await made.clock.advance(1_100);
  await made.mark('ETH', 990);
  return made;
}

export const planOf = (made: Rig) => made.engine.door.plans()[0];
export const orders = (made: Rig) => made.venue.writes.filter(({ kind }) => kind !== 'set');
export const kinds = (made: Rig) => orders(made).map(({ kind }) => kind);

export async function approve(made: Rig): Promise<void> {
  await made.engine.door.decidePlan(planOf(made)?.planId ?? '', 'approve', ANN);
  await settle();
}

export async function ended(made: Rig, withinMs = 30_000): Promise<LiquidationPlanReport> {
  await made.clock.advance(withinMs);
  const plan = made.told('plan_changed').at(-1)?.plan;
  if (plan?.state !== 'done') throw new RangeError(`expected a plan that is done: ${plan?.state}`);
  return plan;
}

export const rollIn = (plan: LiquidationPlanReport | undefined) => plan?.reductions[0]?.roll;
export const recordsOf = (made: Rig, type: string) =>
  made.journal.records.filter((record) => record.type === type);
