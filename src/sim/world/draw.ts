/** What a seed decides: the account, the settings, the market, and which faults are on. */
import { HOUR_MS } from '../../core/time.ts';
import { type BalancerSettings, balancerSettingsSchema } from '../../systems/balancer/index.ts';
import { Prng, SCENARIOS, type Scenario } from '../market/index.ts';

/** Every kind of trouble the world can make; each seed switches some of them on. */
export const TROUBLES = [
  'latency',
  'timeout_before',
  'timeout_after',
  'reset_before',
  'reset_after',
  'error_500_before',
  'error_500_after',
  'html_200',
  'cut_json',
  'rate_limit',
  'rate_limit_array',
  'nonce_small',
  'maintenance',
  'order_refused',
  'partial_fill',
  'hidden_orders',
  'null_balance',
  'set_without_effect',
  'quiet_collateral',
  'adl',
  'ws_drop',
  'ws_silent',
  'ws_garbage',
  'ws_stop',
  'ws_maintenance',
  'refused',
  'lost',
  'replyLost',
  'late',
  'duplicated',
  'resetBefore',
  'resetAfter',
  'frameRepeated',
  'framesSwapped',
  'halfOpen',
  'slow_line',
  'kill',
  'power_cut',
  'stop',
  'suspend',
  'clock_step',
  'sync_fails',
  'disk_full',
  'disk_slow',
  'document_lost',
  'hand_collateral',
  'hand_close',
  'hand_open',
  'hand_wallet',
  'hand_races',
  'positions_unread',
] as const;

export type Trouble = (typeof TROUBLES)[number];

export interface Draw {
  readonly seed: number;
  readonly hours: number;
  readonly positions: number;
  readonly leverage: number;
  readonly freeShare: number;
  readonly scenario: Scenario;
  readonly eventsPerHour: number;
  readonly strength: number;
  readonly settings: BalancerSettings;
  /** How often an hour each kind that is on happens. */
  readonly perHour: ReadonlyMap<Trouble, number>;
  /** When faults stop, ms since the start. */
  readonly quietAtMs: number;
  readonly endMs: number;
}

/** Share of a run that is left for the service to come to rest. */
const LIVENESS_SHARE = 1 / 10;
const RARE: Readonly<Partial<Record<Trouble, number>>> = {
  rate_limit: 0.3,
  sync_fails: 0.2,
  disk_full: 0.2,
  suspend: 0.2,
  clock_step: 0.3,
  power_cut: 0.5,
  stop: 0.3,
  document_lost: 0.2,
  hand_open: 0.5,
  hand_close: 0.3,
};

export function drawSeed(seed: number, hours: number): Draw {
  const random = new Prng(seed, 'draw');
  const perHour = new Map<Trouble, number>();
  const share = random.between(0.1, 0.7);
  for (const kind of TROUBLES) {
    const isOn = random.next() < share;
    const rate = (RARE[kind] ?? 1) * 3 ** random.between(-2, 0.7);
    if (isOn) perHour.set(kind, rate);
  }
  const endMs = hours * HOUR_MS;
  return {
    seed,
    hours,
    positions: drawPositions(random),
    leverage: random.between(4, 10),
    freeShare: random.next() < 0.3 ? 0.01 : random.between(0.05, 0.25),
    scenario: SCENARIOS[Math.floor(random.next() * SCENARIOS.length)] ?? 'calm',
    eventsPerHour: random.between(0.3, 1.5),
    strength: random.between(0.5, 1.6),
    settings: { ...drawSettings(random), harvest: drawHarvest(new Prng(seed, 'harvest')) },
    perHour,
    quietAtMs: endMs * (1 - LIVENESS_SHARE),
    endMs,
  };
}

/** Now and then so many that reading all their candles exceeds what a minute admits. */
function drawPositions(random: Prng): number {
  const draw = random.next();
  return random.next() < 0.05 ? 31 + Math.floor(4 * draw) : 3 + Math.floor(22 * draw ** 2);
}

/** Off as by default, or early enough that a wave of the market is met by it. */
function drawHarvest(random: Prng): BalancerSettings['harvest'] {
  const draw = random.next();
  const mode = draw < 0.5 ? 'off' : draw < 0.65 ? 'reduce' : 'roll';
  return { mode, below_distance_pct: Math.round(random.between(5, 30)), cooldown_seconds: 5 };
}

function drawSettings(random: Prng): BalancerSettings {
  const pick = <T>(first: T, ...others: T[]): T =>
    others[Math.floor(random.next() * (others.length + 1)) - 1] ?? first;
  return balancerSettingsSchema.parse({
    monitor: {
      poll_interval_sec: pick(60, 120, 180, 180, 300, 300),
      subscription: pick('smart' as const, 'smart' as const, 'all' as const),
    },
    thresholds: { min_adjustment_usdt: pick(50, 10, 100), min_deviation_pct: pick(5, 2, 10) },
    allocation: {
      mode: pick('equal_distance' as const, 'equal_distance' as const, 'risk_weight' as const),
      reserve_usdt: pick(0, 0, 200),
    },
    liquidation: {
      dry_run: random.next() < 0.08,
      require_confirmation: random.next() < 0.5,
      cooldown_seconds: pick(30, 120),
    },
  });
}
