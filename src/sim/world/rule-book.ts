/** Rules every single act must keep, judged from the journal's words and the wire's bytes. */
import { z } from 'zod';
import { SECOND_MS } from '../../core/time.ts';
import type { BalancerSettings } from '../../engine/index.ts';
import type { WireRequest } from '../../venues/bitfinex/index.ts';
import type { World } from '../exchange/core/index.ts';
import type { Ending } from '../exchange/http/faulty.ts';
import { type BookedIntent, ORDER_PATH } from './intent-book.ts';
import type { DurableRecord } from './journal-watch.ts';
import type { Report } from './report.ts';
import type { RollBook } from './roll-book.ts';
import type { SettingsFold } from './settings-fold.ts';
import type { WallClock } from './sim-process.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface RuleSetup {
  readonly report: Report;
  readonly time: VirtualTime;
  readonly wall: WallClock;
  readonly base: BalancerSettings;
  readonly settings: SettingsFold;
  readonly rolls: RollBook;
}

const orderBody = z.object({
  symbol: z.string(),
  amount: z.string(),
  cid: z.number(),
  flags: z.number(),
  lev: z.number().optional(),
});
const planRecord = z.object({ planId: z.string() });
const haltRecord = z.object({ code: z.string() });

const REDUCE_ONLY = 1_024;
const POSITIONS_PATH = '/v2/auth/r/positions';
const PERIODS_MAX = 3;
/** Between a decision and its record on disk lies a slow disk at most. */
const SLACK_MS = 15 * SECOND_MS;
const HALT_SLACK_MS = 3 * SECOND_MS;
const HALTING = [
  'equity_unknown',
  'blind',
  'clock_skew',
  'key_rejected',
  'disk_full',
  'disk_stuck',
];

export class RuleBook {
  readonly #setup: RuleSetup;
  readonly #halts = new Map<string, number>();
  readonly #decided = new Set<string>();
  #readAt = Number.NEGATIVE_INFINITY;
  #isStarted = false;
  #round: { readonly at: number; readonly skewMs: number } | null = null;

  constructor(setup: RuleSetup) {
    this.#setup = setup;
  }

  /** False until a life has begun to act: what becomes durable before was written by the last. */
  get isStarted(): boolean {
    return this.#isStarted;
  }

  /** A new life knows nothing of what the last one read. */
  born(): void {
    this.#isStarted = false;
    this.#readAt = Number.NEGATIVE_INFINITY;
  }

  onReply({ path }: WireRequest, ending: Ending): void {
    const isGood = ending.kind === 'reply' && ending.reply.status === 200;
    if (path === POSITIONS_PATH && isGood) this.#readAt = this.#setup.time.at;
  }

  onRecord(record: DurableRecord): void {
    const { time, wall } = this.#setup;
    if (record.type === 'started') this.#isStarted = true;
    if (record.type === 'halted') this.#onHalt(haltRecord.parse(record.body).code);
    if (record.type === 'halt_cleared') this.#halts.delete(haltRecord.parse(record.body).code);
    if (record.type === 'plan_decided') this.#decided.add(planRecord.parse(record.body).planId);
    if (record.type === 'round_started') this.#judgeRound(planRecord.parse(record.body).planId);
    if (record.type === 'round_started' || record.type === 'round_ended') {
      this.#round = { at: time.at, skewMs: wall.skewMs };
    }
  }

  onIntent(intent: BookedIntent): void {
    const { report, time } = this.#setup;
    const { id, action } = intent;
    const pollMs = this.#number('monitor.poll_interval_sec') * SECOND_MS;
    const ageMs = time.at - this.#readAt;
    if (ageMs > PERIODS_MAX * pollMs + SLACK_MS) {
      report.violation('stale', `intent ${id} from positions read ${ageMs.toFixed(0)} ms before`);
    }
    for (const [code, since] of this.#halts) {
      if (time.at - since <= HALT_SLACK_MS) continue;
      const isDecrease = Number(action.toUsd) < Number(action.fromUsd);
      if (HALTING.includes(code) || isDecrease) {
        report.violation('halted', `intent ${id} (${action.kind}) during ${code}`);
      }
    }
    if (action.kind === 'reduce_position') this.#judgeSize(intent);
    else if (action.kind === 'reopen_position') this.#judgeHalt(intent);
    else if (!/^\d+(\.\d{1,2})?$/.test(action.toUsd ?? '')) {
      report.violation('cents', `intent ${id} sets ${action.toUsd}`);
    }
  }

  onSend({ path, body }: WireRequest, world: World): void {
    if (!path.endsWith(ORDER_PATH)) return;
    const { report, rolls } = this.#setup;
    const order = orderBody.parse(JSON.parse(body ?? '{}'));
    const held = world.positions.get(world.indexOf.get(order.symbol) ?? -1)?.amount ?? 0;
    if (order.lev === undefined) report.violation('leverage', 'the exchange would choose it');
    if (rolls.isReopening(order.cid)) {
      rolls.onSend(order);
      return;
    }
    if ((order.flags & REDUCE_ONLY) === 0) report.violation('reduce only', `flags ${order.flags}`);
    if (held * Number(order.amount) > 0) report.violation('direction', `${held}, ${order.amount}`);
  }

  #onHalt(code: string): void {
    this.#halts.set(code, this.#setup.time.at);
    this.#setup.report.marks.hit(`halt ${code}`);
  }

  /** One cut takes at most the configured share, or the smallest order there is. */
  #judgeSize({ id, action }: BookedIntent): void {
    if (action.trigger === 'manual') return;
    const share = this.#number('liquidation.max_single_close_pct') / 100;
    const most = Number(action.positionQuantity) * share * (1 + 1e-6);
    if (Number(action.quantity) <= most) return;
    const detail = `${id} closes ${action.quantity} of ${action.positionQuantity}`;
    this.#setup.report.violation('share', detail);
  }

  /** Opening is for a service that nothing holds back: halts that only forbid decreases count. */
  #judgeHalt({ id }: BookedIntent): void {
    const { report, time } = this.#setup;
    for (const [code, since] of this.#halts) {
      if (time.at - since <= HALT_SLACK_MS || HALTING.includes(code)) continue;
      report.violation('halted', `intent ${id} opens during ${code}`);
    }
  }

  #judgeRound(planId: string): void {
    const { report, time, wall } = this.#setup;
    const last = this.#round;
    const restMs = this.#number('liquidation.cooldown_seconds') * SECOND_MS;
    const isSameClock = last?.skewMs === wall.skewMs;
    if (!last || !isSameClock || this.#decided.has(planId)) return;
    if (time.at - last.at < restMs - SECOND_MS) {
      report.violation('cool-down', `round ${planId} ${time.at - last.at} ms after the last`);
    }
  }

  #number(key: string): number {
    const [section = '', name = ''] = key.split('.');
    const sections = this.#setup.base as unknown as Record<string, Record<string, unknown>>;
    return Number(this.#setup.settings.valueOf(key) ?? sections[section]?.[name]);
  }
}
