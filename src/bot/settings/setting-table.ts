/** Every setting chat can change: how it is asked for and shown. Limits repeat the schema's. */
export const SECTIONS = ['thresholds', 'liquidation', 'harvest', 'allocation', 'monitor'] as const;
export type Section = (typeof SECTIONS)[number];

export type Unit =
  | 'pct'
  | 'usd'
  | 'seconds'
  | 'minutes'
  | 'hours'
  | 'days'
  | 'times'
  | 'share'
  | 'plain';

interface Common {
  /** Path in the settings; its name is `setting-ID` in the catalogue, see `idOf`. */
  readonly key: string;
  readonly section: Section;
}

export interface NumberSetting extends Common {
  readonly kind: 'number';
  readonly unit: Unit;
  readonly min: number;
  readonly max: number;
  /** The lower limit itself is not allowed. */
  readonly above?: true;
  /** The upper limit itself is not allowed. */
  readonly below?: true;
  readonly whole?: true;
}

export interface ChoiceSetting extends Common {
  readonly kind: 'choice';
  /** Named `option-VALUE` in the catalogue. */
  readonly options: readonly string[];
}

export interface SwitchSetting extends Common {
  readonly kind: 'switch';
}

/** Switching it off is a matter of its own: two questions. */
export interface DryRunSetting extends Common {
  readonly kind: 'dry_run';
}

export type Setting = NumberSetting | ChoiceSetting | SwitchSetting | DryRunSetting;

const USD_MAX = 1e12;

function number(
  section: Section,
  key: string,
  unit: Unit,
  min: number,
  max: number,
  more: { above?: true; below?: true; whole?: true } = {},
): NumberSetting {
  return { kind: 'number', section, key, unit, min, max, ...more };
}

const above = { above: true } as const;
const whole = { whole: true } as const;

export const SETTINGS: readonly Setting[] = [
  number('thresholds', 'thresholds.emergency_margin_rate', 'pct', 0.5, 100, above),
  number('thresholds', 'emergency.relative_trigger', 'share', 0, 1, { above: true, below: true }),
  number('thresholds', 'thresholds.price_spike_pct', 'pct', 0, 100, above),
  number('thresholds', 'thresholds.account_margin_rate_warning', 'pct', 0, 100, above),
  number('thresholds', 'thresholds.min_adjustment_usdt', 'usd', 0, USD_MAX),
  number('thresholds', 'thresholds.min_deviation_pct', 'pct', 0, 100),
  { kind: 'dry_run', section: 'liquidation', key: 'liquidation.dry_run' },
  { kind: 'switch', section: 'liquidation', key: 'liquidation.enabled' },
  { kind: 'switch', section: 'liquidation', key: 'liquidation.require_confirmation' },
  number('liquidation', 'liquidation.max_single_close_pct', 'pct', 0, 100, above),
  number('liquidation', 'liquidation.cooldown_seconds', 'seconds', 0, 86_400),
  number('liquidation', 'liquidation.safety_margin_multiplier', 'times', 1, 100),
  number('liquidation', 'liquidation.fall_minutes', 'minutes', 0, 60),
  number('liquidation', 'approvals.four_eyes_notional_usdt', 'usd', 0, USD_MAX),
  {
    kind: 'choice',
    section: 'harvest',
    key: 'harvest.mode',
    options: ['off', 'reduce', 'roll'],
  },
  number('harvest', 'harvest.below_distance_pct', 'pct', 0, 100, above),
  number('harvest', 'harvest.cooldown_seconds', 'seconds', 0, 86_400),
  {
    kind: 'choice',
    section: 'allocation',
    key: 'allocation.mode',
    options: ['equal_distance', 'risk_weight'],
  },
  number('allocation', 'allocation.reserve_usdt', 'usd', 0, USD_MAX),
  number('monitor', 'monitor.poll_interval_sec', 'seconds', 5, 3600, whole),
  number('monitor', 'monitor.volatility_update_hours', 'hours', 0, 168, above),
  number('monitor', 'monitor.volatility_lookback_days', 'days', 2, 90, whole),
  {
    kind: 'choice',
    section: 'monitor',
    key: 'monitor.subscription',
    options: ['smart', 'all'],
  },
];

/** Entries of the two tables, limits as in the schema. */
export const WEIGHT_LIMITS = { unit: 'plain', min: 0, max: 1000, above: true } as const;
export const PRIORITY_LIMITS = { unit: 'plain', min: 0, max: 1000, whole: true } as const;

export type Limits = Pick<NumberSetting, 'unit' | 'min' | 'max' | 'above' | 'below' | 'whole'>;

/** The last part of a key. */
export function leafOf(key: string): string {
  return key.slice(key.indexOf('.') + 1);
}

/** A name for buttons and texts: short, without a dot, and unique among the settings. */
export function idOf(key: string): string {
  return key.startsWith('harvest.') ? `harvest_${leafOf(key)}` : leafOf(key);
}

export function findById(id: string): Setting | undefined {
  return SETTINGS.find(({ key }) => idOf(key) === id);
}

export function findByKey(key: string): Setting | undefined {
  return SETTINGS.find((setting) => setting.key === key);
}

/** Limits of anything a number can be typed for; null when the key is no such thing. */
export function limitsOf(key: string): Limits | null {
  if (key.startsWith('risk_weights.')) return WEIGHT_LIMITS;
  if (key.startsWith('position_priority.')) return PRIORITY_LIMITS;
  const setting = findByKey(key);
  return setting?.kind === 'number' ? setting : null;
}
