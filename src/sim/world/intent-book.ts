/**
 * What the journal promised against what the exchange did. Each intent is on disk before a byte of
 * it leaves, is carried out at most once, and ends with the truth.
 */
import { z } from 'zod';
import type { WireRequest } from '../../venues/bitfinex/index.ts';
import type { SimOrder, SimTrade, World } from '../exchange/core/index.ts';
import { usdOf } from '../exchange/core/index.ts';
import type { Ending } from '../exchange/http/faulty.ts';
import type { AnswerWatch } from './answer-watch.ts';
import type { DurableRecord } from './journal-watch.ts';
import type { Report } from './report.ts';
import type { VirtualTime } from './virtual-time.ts';

const action = z.object({
  kind: z.enum(['set_collateral', 'reduce_position', 'reopen_position']),
  symbol: z.string(),
  positionId: z.string(),
  fromUsd: z.string().optional(),
  toUsd: z.string().optional(),
  quantity: z.string().optional(),
  positionQuantity: z.string().optional(),
  side: z.string().optional(),
  leverage: z.number().optional(),
  rollId: z.string().optional(),
  trigger: z.string(),
});
const intentSchema = z.object({ id: z.string(), cid: z.number(), action });
const outcomeSchema = z.object({
  id: z.string(),
  outcome: z.object({
    kind: z.enum(['confirmed', 'rejected', 'denied', 'unknown']),
    detail: z.string().optional(),
    reason: z.string().optional(),
    code: z.string().optional(),
  }),
});

export interface BookedIntent {
  readonly id: string;
  readonly cid: number;
  readonly action: z.infer<typeof action>;
  sends: number;
  /** Times the exchange carried it out. */
  effects: number;
  effectAt: number;
  isOrderTaken: boolean;
  /** The exchange said that it had done it, and had not. */
  isLie: boolean;
  nonceRefusals: number;
  outcome: string | null;
  unknownSince: number | null;
  /** Left open by an earlier life: whether it was sent is not known. */
  isInherited: boolean;
}

export const SET_PATH = 'w/deriv/collateral/set';
export const ORDER_PATH = 'w/order/submit';

const setBody = z.object({ symbol: z.string(), collateral: z.string() });
const orderBody = z.object({ symbol: z.string(), cid: z.number(), amount: z.string() });

export class IntentBook {
  readonly #report: Report;
  readonly #time: VirtualTime;
  readonly #answers: Pick<AnswerWatch, 'since'>;
  readonly #intents = new Map<string, BookedIntent>();
  readonly #openBySymbol = new Map<string, BookedIntent>();
  readonly #byCid = new Map<number, BookedIntent>();
  /** When somebody else last changed a position. */
  readonly #touchedAt = new Map<string, number>();

  readonly #onEnd: (intent: BookedIntent) => void;

  /** @param onEnd told of each intent whose outcome is known. */
  constructor(
    report: Report,
    time: VirtualTime,
    answers: Pick<AnswerWatch, 'since'>,
    onEnd: (intent: BookedIntent) => void = () => undefined,
  ) {
    this.#report = report;
    this.#time = time;
    this.#answers = answers;
    this.#onEnd = onEnd;
  }

  open(): BookedIntent[] {
    return [...this.#openBySymbol.values()];
  }

  /** Open ones of which the service cannot know whether they happened. */
  unknown(): BookedIntent[] {
    return this.open().filter((intent) => intent.isInherited || intent.unknownSince !== null);
  }

  touched(symbol: string): void {
    this.#touchedAt.set(symbol, this.#time.at);
  }

  /** @returns the intent when the record is one. */
  onRecord(record: DurableRecord, world: World): BookedIntent | null {
    if (record.type === 'started') for (const intent of this.open()) intent.isInherited = true;
    if (record.type === 'outcome') this.#onOutcome(outcomeSchema.parse(record.body), world);
    return record.type === 'intent' ? this.#onIntent(intentSchema.parse(record.body)) : null;
  }

  onSend(request: WireRequest): void {
    const intent = this.#intentOf(request);
    if (intent === undefined) return;
    if (intent === null) {
      this.#report.violation('durable first', `sent before it was on disk: ${request.body}`);
      return;
    }
    intent.sends += 1;
    if (intent.sends > 1 + intent.nonceRefusals) {
      this.#report.violation('sent once', `intent ${intent.id} was sent ${intent.sends} times`);
    }
  }

  onReply(request: WireRequest, ending: Ending): void {
    const intent = this.#intentOf(request);
    if (!intent || ending.kind !== 'reply') return;
    const { text } = ending.reply;
    if (text.includes('nonce: small')) intent.nonceRefusals += 1;
    if (text === '[[1]]' && intent.effects === 0) intent.isLie = true;
  }

  /** The exchange changed the collateral of a position at a client's request. */
  onCollateral(symbol: string, units: number): void {
    const intent = this.#openBySymbol.get(symbol);
    const wanted = intent?.action.toUsd;
    if (intent && wanted !== undefined && Number(wanted) === usdOf(units)) this.#effect(intent);
    else this.#report.violation('known effect', `collateral of ${symbol} became ${usdOf(units)}`);
  }

  onOrder(order: SimOrder, symbol: string): void {
    const intent = this.#byCid.get(order.cid);
    if (!intent || intent.action.symbol !== symbol) {
      this.#report.violation('known effect', `an order of ${order.originalAmount} ${symbol}`);
      return;
    }
    if (intent.isOrderTaken) {
      this.#report.violation('executed once', `a second order for intent ${intent.id}`);
    }
    intent.isOrderTaken = true;
  }

  onTrade(trade: SimTrade): void {
    const intent = this.#byCid.get(trade.cid);
    if (!intent) return;
    this.#effect(intent);
    if (Math.abs(trade.amount) > Number(intent.action.quantity) * (1 + 1e-9)) {
      this.#report.violation('size', `intent ${intent.id} traded ${trade.amount}`);
    }
  }

  #onIntent(stored: z.infer<typeof intentSchema>): BookedIntent {
    const { symbol } = stored.action;
    const open = this.#openBySymbol.get(symbol);
    if (open) {
      const both = `${open.id} is open, ${stored.id} begins`;
      this.#report.violation('one at a time', `${symbol}: ${both}`);
    }
    if (this.#intents.has(stored.id) || this.#byCid.has(stored.cid)) {
      this.#report.violation('fresh ids', `intent ${stored.id} was there before`);
    }
    const intent: BookedIntent = {
      ...stored,
      sends: 0,
      effects: 0,
      effectAt: 0,
      isOrderTaken: false,
      isLie: false,
      nonceRefusals: 0,
      outcome: null,
      unknownSince: null,
      isInherited: false,
    };
    this.#report.counts.intents += 1;
    this.#intents.set(intent.id, intent);
    this.#byCid.set(intent.cid, intent);
    this.#openBySymbol.set(symbol, intent);
    return intent;
  }

  #onOutcome({ id, outcome }: z.infer<typeof outcomeSchema>, world: World): void {
    const intent = this.#intents.get(id);
    if (!intent) {
      this.#report.violation('known outcome', `an outcome for ${id}, which never began`);
      return;
    }
    if (intent.outcome !== null) {
      this.#report.violation('one outcome', `intent ${id} ended twice`);
    }
    if (outcome.kind === 'unknown') {
      intent.unknownSince = this.#time.at;
      this.#report.counts.unknowns += 1;
      return;
    }
    intent.outcome = outcome.kind;
    this.#measure(intent);
    this.#openBySymbol.delete(intent.action.symbol);
    this.#judge(intent, outcome, world);
    this.#mark(intent, outcome);
    this.#onEnd(intent);
  }

  /** From when it was unknown, and from when it could have been found out. */
  #measure({ unknownSince, isInherited }: BookedIntent): void {
    const { at } = this.#time;
    if (unknownSince === null && !isInherited) return;
    const answerableAt = Math.max(unknownSince ?? 0, this.#answers.since);
    if (unknownSince !== null) this.#report.resolvedAfterMs.push(at - unknownSince);
    this.#report.foundOutAfterMs.push(Math.max(0, at - answerableAt));
  }

  #judge(
    intent: BookedIntent,
    outcome: z.infer<typeof outcomeSchema>['outcome'],
    world: World,
  ): void {
    const said = `${outcome.kind} ${outcome.code ?? ''} ${outcome.detail ?? outcome.reason ?? ''}`;
    const isDone = intent.effects > 0 || intent.isOrderTaken;
    if (outcome.kind === 'confirmed' && !isDone && !intent.isLie && !this.#looksDone(intent, world))
      this.#report.violation('truth', `intent ${intent.id} did not happen, was told ${said}`);
    if (outcome.kind === 'denied' && intent.sends > 0) {
      // Refused here after it was sent: only a connection that never was can prove that.
      if (intent.effects > 0) this.#report.violation('truth', `${intent.id} happened, was ${said}`);
    }
    const isOtherwise = outcome.code === 'position_gone' || this.#wasTouched(intent);
    if (outcome.kind === 'rejected' && intent.effects > 0 && !isOtherwise) {
      this.#report.violation('truth', `intent ${intent.id} happened, was told ${said}`);
    }
  }

  /** The position shows what the intent wanted, though somebody else brought it there. */
  #looksDone({ action: { symbol, toUsd } }: BookedIntent, world: World): boolean {
    const position = world.positions.get(world.indexOf.get(symbol) ?? -1);
    if (!position || toUsd === undefined) return false;
    return Math.abs(usdOf(position.collateral.units) - Number(toUsd)) < 1e-6;
  }

  #wasTouched({ action: { symbol }, effectAt }: BookedIntent): boolean {
    return (this.#touchedAt.get(symbol) ?? -1) >= effectAt;
  }

  #effect(intent: BookedIntent): void {
    intent.effects += 1;
    intent.effectAt = this.#time.at;
    this.#report.counts.effects += 1;
    this.#report.event(`effect ${intent.id}`);
    if (intent.effects > 1) {
      this.#report.violation('executed once', `intent ${intent.id}: ${intent.effects} times`);
    }
    if (intent.outcome !== null && intent.outcome !== 'confirmed') {
      const said = `it was ${intent.outcome} before`;
      this.#report.violation('written off', `intent ${intent.id} happened although ${said}`);
    }
  }

  #mark(intent: BookedIntent, outcome: z.infer<typeof outcomeSchema>['outcome']): void {
    const { kind, code } = outcome;
    const way = intent.unknownSince === null ? 'direct' : 'resolved';
    const name = intent.action.kind === 'set_collateral' ? 'collateral' : 'order';
    const proof = ['position_gone', 'not_applied', 'not_found', 'cancelled'].includes(code ?? '');
    this.#report.marks.hit(`outcome ${name} ${way} ${kind}${proof ? ` ${code}` : ''}`);
  }

  /** Undefined for requests that write nothing, null for a write without an open intent. */
  #intentOf({ path, body }: WireRequest): BookedIntent | null | undefined {
    if (path.endsWith(SET_PATH)) {
      const { symbol, collateral } = setBody.parse(JSON.parse(body ?? '{}'));
      const intent = this.#openBySymbol.get(symbol);
      const isSame = intent && Number(intent.action.toUsd) === Number(collateral);
      return isSame ? intent : null;
    }
    if (!path.endsWith(ORDER_PATH)) return undefined;
    const { cid } = orderBody.parse(JSON.parse(body ?? '{}'));
    return this.#byCid.get(cid) ?? null;
  }
}
