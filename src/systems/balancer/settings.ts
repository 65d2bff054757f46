/**
 * The balancer's settings: names, units and defaults of the requirements. Every one can be changed
 * in chat; a change is validated with this schema before it counts.
 */
import { z } from 'zod';

const positive = z.number().positive();
const percent = z.number().positive().max(100);
const usd = z.number().nonnegative().max(1e12);

export const monitorSchema = z.strictObject({
  /** Seconds between scheduled rebalance checks. */
  poll_interval_sec: z.number().int().min(5).max(3600).default(60),
  /** Hours between refreshes of the measured volatility. */
  volatility_update_hours: z.number().positive().max(168).default(1),
  /** Days of daily returns behind the measured volatility. */
  volatility_lookback_days: z.number().int().min(2).max(90).default(7),
  /** `smart` streams only marks of positions at risk; `all` streams every position. */
  subscription: z.enum(['smart', 'all']).default('smart'),
});

export const thresholdsSchema = z.strictObject({
  /** Smaller collateral moves are left alone, in USD. */
  min_adjustment_usdt: usd.default(50),
  /** Moves below this share of the current collateral are left alone, in percent. */
  min_deviation_pct: z.number().nonnegative().max(100).default(5),
  /** Margin rate below which a position is topped up at once, in percent. */
  emergency_margin_rate: percent
    .gt(0.5, 'above 0.5, the lowest maintenance rate of any pair')
    .default(2.0),
  /** Price move inside a minute that makes every position be checked, in percent. */
  price_spike_pct: percent.default(3.0),
  /** Account margin rate below which people are warned, in percent. */
  account_margin_rate_warning: percent.default(3.0),
});

export const emergencySchema = z.strictObject({
  /** Share of the account's even distance below which a position is brought back to it. */
  relative_trigger: z.number().positive().lt(1).default(0.8),
});

export const liquidationSchema = z.strictObject({
  enabled: z.boolean().default(true),
  /** Ask in chat before positions are reduced. */
  require_confirmation: z.boolean().default(true),
  /** Largest share of a position closed at once, in percent. */
  max_single_close_pct: percent.default(25),
  /** Pause between reductions, in seconds. */
  cooldown_seconds: z.number().nonnegative().max(86_400).default(30),
  /** How many times the maintenance margin each position should keep; more while it falls fast. */
  safety_margin_multiplier: z.number().min(1).max(100).default(3.0),
  /** Minutes like the last one that a falling position should outlast; 0 switches the rule off. */
  fall_minutes: z.number().nonnegative().max(60).default(3.0),
  /** Reads everything, writes nothing: neither reductions nor collateral moves. */
  dry_run: z.boolean().default(true),
});

export const harvestSchema = z.strictObject({
  /**
   * What is done with profit that is locked in winners when collateral runs out: part of them is
   * closed, or, with `roll`, closed and opened again at once, which keeps the size and costs twice.
   */
  mode: z.enum(['off', 'reduce', 'roll']).default('off'),
  /** Even weighted distance below which winners are realised, in percent. */
  below_distance_pct: percent.default(5),
  /** Pause between two rounds, in seconds. */
  cooldown_seconds: z.number().nonnegative().max(86_400).default(5),
});

export const allocationSchema = z.strictObject({
  mode: z.enum(['risk_weight', 'equal_distance']).default('equal_distance'),
  /** Free balance that is never assigned to a position, in USD. */
  reserve_usdt: usd.default(0),
});

export const approvalsSchema = z.strictObject({
  /** Reductions above this notional take two different people, in USD; 0 switches the rule off. */
  four_eyes_notional_usdt: usd.default(0),
});

const symbolKey = z
  .string()
  .regex(/^t[A-Z0-9]{1,40}F0:[A-Z0-9]{1,20}$/, 'a symbol like tBTCF0:USTF0');
const priority = z.number().int().min(0).max(1000);

export const balancerSettingsSchema = z.strictObject({
  monitor: monitorSchema.prefault({}),
  thresholds: thresholdsSchema.prefault({}),
  emergency: emergencySchema.prefault({}),
  /** Weight of a symbol's risk, BTC = 1; symbols left out are measured from candles. */
  risk_weights: z.record(symbolKey, positive.max(1000)).default({}),
  /** Higher survives longer; `default` is for symbols left out. */
  position_priority: z
    .record(z.union([z.literal('default'), symbolKey]), priority)
    .default({})
    .transform((table): Record<string, number> => ({ default: 50, ...table })),
  liquidation: liquidationSchema.prefault({}),
  harvest: harvestSchema.prefault({}),
  allocation: allocationSchema.prefault({}),
  approvals: approvalsSchema.prefault({}),
});

export type BalancerSettings = z.infer<typeof balancerSettingsSchema>;
