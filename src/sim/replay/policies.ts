/** What is compared: the two limits, doing nothing, and the production deciders under settings. */
import { type BalancerSettings, balancerSettingsSchema } from '../../systems/balancer/index.ts';

export const POLICIES = [
  'none',
  'risk_weight',
  'equal_distance',
  'harvest',
  'cross',
  'cross_deleveraged',
  'ceiling',
] as const;
export type Policy = (typeof POLICIES)[number];

/** Policies that are worked out from the price path alone. */
export const isBound = (policy: Policy): boolean => policy === 'cross' || policy === 'ceiling';

export interface PolicyOptions {
  readonly deleverage: boolean;
  /** What `harvest` does with locked profit: roll it, or reduce winners. */
  readonly roll: boolean;
}

/** Settings of the production deciders for a policy; null where none of them is asked. */
export function settingsOf(policy: Policy, options: PolicyOptions): BalancerSettings | null {
  const { deleverage, roll } = options;
  switch (policy) {
    case 'none':
    case 'cross':
    case 'ceiling':
      return null;
    case 'risk_weight':
    case 'equal_distance':
      return make(policy, deleverage, 'off');
    case 'cross_deleveraged':
      return make('equal_distance', true, 'off');
    case 'harvest':
      return make('equal_distance', deleverage, roll ? 'roll' : 'reduce');
  }
}

function make(
  mode: BalancerSettings['allocation']['mode'],
  enabled: boolean,
  harvest: BalancerSettings['harvest']['mode'],
): BalancerSettings {
  return balancerSettingsSchema.parse({
    allocation: { mode },
    harvest: { mode: harvest },
    liquidation: { enabled, require_confirmation: false, dry_run: false },
  });
}
