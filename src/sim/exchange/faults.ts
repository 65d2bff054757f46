/** Faults that can be switched on while the simulator runs, by count or for a while. */
import { SECOND_MS } from '../../core/time.ts';
import type { Clock } from '../../ports/clock.ts';

/** What each does; `before` means the request had no effect, `after` that it had. */
export const FAULT_KINDS = {
  latency: 'replies come `ms` later',
  timeout_before: 'no reply and no effect',
  timeout_after: 'the effect happens, the reply never comes',
  reset_before: 'the connection is cut, no effect',
  reset_after: 'the effect happens, then the connection is cut',
  error_500_before: 'HTTP 500 with an object body, no effect',
  error_500_after: 'the effect happens, the reply is HTTP 500 with an object body',
  html_200: 'an HTML page with status 200 in place of JSON, no effect',
  cut_json: 'the effect happens, the JSON of the reply ends in the middle',
  rate_limit: 'HTTP 429 {"error":"ERR_RATE_LIMIT"}; the address is blocked for 60 s',
  rate_limit_array: 'HTTP 500 ["error",11010,"ratelimit: error"]',
  nonce_small: 'signed calls: ["error",10114,"nonce: small"]',
  maintenance: 'platform/status says [0], other calls ["error",20060,"maintenance"]',
  order_refused: 'orders: a notification with status ERROR inside HTTP 200',
  partial_fill: 'market orders fill by half, the rest is cancelled (RSN_BOOK_SLIP)',
  hidden_orders: 'orders and trades made while it is on are not shown',
  null_balance: 'AVAILABLE_BALANCE is null over REST',
  set_without_effect: 'collateral/set answers [[1]] and does nothing',
  quiet_collateral: 'no pu and wu frames after collateral/set',
  adl: 'at once: half of the position with the highest gain is terminated, `count` times',
  ws_drop: 'at once: every WebSocket is cut; with `seconds` new ones are refused for so long',
  ws_silent: 'WebSockets stay open and say nothing, not even hb and pong',
  ws_garbage: 'frames that are not what they should be, beside the right ones',
  ws_stop: 'at once: info 20051 on every WebSocket, which then closes',
  ws_maintenance: 'at once: info 20060, and after `seconds` (default 5) 20061',
} as const;

export type FaultKind = keyof typeof FAULT_KINDS;
export const FAULT_NAMES = Object.keys(FAULT_KINDS) as [FaultKind, ...FaultKind[]];

export interface FaultSwitch {
  readonly kind: FaultKind;
  /** How often it strikes; 1 when neither count nor seconds is given. */
  readonly count?: number | undefined;
  readonly seconds?: number | undefined;
  /** Only requests whose path contains this text. */
  readonly path?: string | undefined;
  /** For `latency`. */
  readonly ms?: number | undefined;
}

export interface ActiveFault {
  readonly kind: FaultKind;
  readonly path: string | null;
  readonly ms: number;
  /** Wall time since which it is on. */
  readonly since: number;
  countLeft: number | null;
  readonly untilMs: number | null;
}

const LATENCY_DEFAULT_MS = 500;
const ACTIVE_MAX = 200;

export class Faults {
  readonly #clock: Clock;
  #active: ActiveFault[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Adds to what is on already; the oldest go when there are absurdly many. */
  add({ kind, count, seconds, path, ms }: FaultSwitch): void {
    const byDefault = seconds === undefined ? 1 : null;
    this.list().push({
      kind,
      path: path ?? null,
      ms: ms ?? LATENCY_DEFAULT_MS,
      since: this.#clock.now(),
      countLeft: count ?? byDefault,
      untilMs: seconds === undefined ? null : this.#clock.monotonicMs() + seconds * SECOND_MS,
    });
    if (this.#active.length > ACTIVE_MAX) this.#active.shift();
  }

  /** Strikes when one of this kind is on for the path; uses up one of its count. */
  strike(kind: FaultKind, path: string): ActiveFault | undefined {
    const now = this.#clock.monotonicMs();
    const fault = this.#active.find(
      (one) =>
        one.kind === kind && isOn(one, now) && (one.path === null || path.includes(one.path)),
    );
    if (fault && fault.countLeft !== null) fault.countLeft -= 1;
    return fault;
  }

  /** Whether one of this kind is on, without using it up. */
  active(kind: FaultKind): ActiveFault | undefined {
    const now = this.#clock.monotonicMs();
    return this.#active.find((one) => one.kind === kind && isOn(one, now));
  }

  list(): ActiveFault[] {
    const now = this.#clock.monotonicMs();
    this.#active = this.#active.filter((one) => isOn(one, now));
    return this.#active;
  }

  clear(kind?: FaultKind): void {
    this.#active = kind ? this.#active.filter((one) => one.kind !== kind) : [];
  }
}

function isOn({ countLeft, untilMs }: ActiveFault, now: number): boolean {
  return (countLeft === null || countLeft > 0) && (untilMs === null || now < untilMs);
}
