/**
 * An order may open exposure only as the second leg of a roll: consented to where consent is asked
 * for, right after its first leg, once, in the same position, and never more than was closed.
 */
import type { SimTrade } from '../exchange/core/index.ts';
import type { BookedIntent } from './intent-book.ts';
import type { PermissionBook } from './permission-book.ts';
import type { Report } from './report.ts';
import type { VirtualTime } from './virtual-time.ts';

interface Leg {
  readonly intent: BookedIntent;
  readonly at: number;
  /** What the exchange really traded for it, base units. */
  traded: number;
}

/** Ten seconds for the decision, four for a slow disk, two in line, and as much for the way. */
const WITHIN_MS = 18_000;

export class RollBook {
  readonly #report: Report;
  readonly #time: VirtualTime;
  readonly #permissions: PermissionBook;
  readonly #first = new Map<string, Leg>();
  readonly #second = new Map<string, Leg>();
  readonly #byCid = new Map<number, Leg>();
  /** Rolls of which a stop or a new life came after the first leg. */
  readonly #cutOff = new Set<string>();

  constructor(report: Report, time: VirtualTime, permissions: PermissionBook) {
    this.#report = report;
    this.#time = time;
    this.#permissions = permissions;
  }

  isReopening(cid: number): boolean {
    return this.#byCid.get(cid)?.intent.action.kind === 'reopen_position';
  }

  /** A new life knows of no roll: what the last one began, nobody goes on with. */
  born(): void {
    for (const rollId of this.#first.keys()) this.#cutOff.add(rollId);
  }

  onIntent(intent: BookedIntent): void {
    const { kind, rollId } = intent.action;
    if (kind === 'set_collateral' || rollId === undefined) return;
    const leg = { intent, at: this.#time.at, traded: 0 };
    this.#byCid.set(intent.cid, leg);
    if (kind === 'reduce_position') this.#first.set(rollId, leg);
    else this.#judge(rollId, leg);
  }

  onTrade(trade: SimTrade): void {
    const leg = this.#byCid.get(trade.cid);
    if (!leg) return;
    leg.traded += Math.abs(trade.amount);
    const { rollId = '', kind } = leg.intent.action;
    if (kind !== 'reopen_position') return;
    this.#report.marks.hit('rolled');
    const closed = this.#first.get(rollId)?.traded ?? 0;
    if (leg.traded <= closed * (1 + 1e-9)) return;
    this.#report.violation('roll', `${rollId} opened ${leg.traded} after closing ${closed}`);
  }

  /** What leaves for the exchange is what the intent said, on the side of the position. */
  onSend({ cid, amount }: { readonly cid: number; readonly amount: string }): void {
    const leg = this.#byCid.get(cid);
    if (!leg) return;
    const { side, quantity } = leg.intent.action;
    const wanted = Number(quantity) * (side === 'long' ? 1 : -1);
    if (Number(amount) !== wanted) this.#report.violation('roll', `sent ${amount}, not ${wanted}`);
  }

  #judge(rollId: string, leg: Leg): void {
    const { action, id } = leg.intent;
    const first = this.#first.get(rollId);
    const say = (what: string): void => {
      this.#report.violation('roll', `intent ${id} of ${rollId}: ${what}`);
    };
    if (!first) {
      say('no first leg');
      return;
    }
    const closing = first.intent.action;
    if (this.#second.has(rollId)) say('a second time');
    this.#second.set(rollId, leg);
    if (this.#cutOff.has(rollId)) say('after a restart');
    if (action.symbol !== closing.symbol || action.side !== closing.side) say('elsewhere');
    if ((action.leverage ?? 101) > (closing.leverage ?? 0)) say(`leverage ${action.leverage}`);
    if (Number(action.quantity) > first.traded * (1 + 1e-9)) {
      say(`${action.quantity} after ${first.traded} closed`);
    }
    const waitedMs = this.#time.at - first.at;
    if (waitedMs > WITHIN_MS) say(`${waitedMs} ms after its first leg`);
    if (!this.#permissions.mayRoll(rollId)) say('nobody consented to it');
  }
}
