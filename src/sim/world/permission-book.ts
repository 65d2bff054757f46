/**
 * What people allowed, kept by whoever played them: no write while rehearsing, while paused or
 * after the stop, and no reduction without consent where consent is asked for.
 */
import type { BookedIntent } from './intent-book.ts';
import type { Report } from './report.ts';
import type { VirtualTime } from './virtual-time.ts';

interface ConsentedCut {
  readonly planId: string;
  readonly symbol: string;
  readonly quantity: number;
  readonly at: number;
}

/** A write that was approved just before may still reach the disk. */
const SLACK_MS = 3_000;
export const DRY_RUN = 'a rehearsal';
export const PAUSE = 'a pause';
export const CUT_WITHOUT_CONSENT = 'cuts only by consent';

export class PermissionBook {
  readonly #report: Report;
  readonly #time: VirtualTime;
  /** Since when each prohibition is acknowledged; absent while it is not in force. */
  readonly #since = new Map<string, number>();
  /** How often each was allowed. */
  readonly #allowed = new Map<string, number>();
  readonly #cuts: ConsentedCut[] = [];
  readonly #rolls = new Set<string>();
  /** Consents that an intent has used, until it is known whether anything came of it. */
  readonly #used = new Map<string, ConsentedCut>();
  #slackMs = SLACK_MS;

  constructor(report: Report, time: VirtualTime) {
    this.#report = report;
    this.#time = time;
  }

  /** Whoever is about to forbid takes this along: what others allow meanwhile counts as later. */
  asks(what: string): number {
    return this.#allowed.get(what) ?? 0;
  }

  /** Acknowledged: from now on it holds. */
  forbid(what: string, ask = this.asks(what)): void {
    if (ask === this.asks(what) && !this.#since.has(what)) this.#since.set(what, this.#time.at);
  }

  /** Called before the engine is told, so that it cannot be faster. */
  allow(what: string): void {
    this.#allowed.set(what, this.asks(what) + 1);
    this.#since.delete(what);
  }

  isForbidden(what: string): boolean {
    return this.#since.has(what);
  }

  /** A host that sleeps writes what it had decided before only when it wakes. */
  slept(ms: number): void {
    this.#slackMs = Math.max(this.#slackMs, SLACK_MS + ms);
  }

  /** Rolls by name: consent to a reduction is none to open anything. */
  consentToRolls(rollIds: readonly string[]): void {
    for (const rollId of rollIds) this.#rolls.add(rollId);
  }

  mayRoll(rollId: string): boolean {
    const since = this.#since.get(CUT_WITHOUT_CONSENT);
    const isAsked = since !== undefined && this.#time.at - since > this.#slackMs;
    return !isAsked || this.#rolls.has(rollId);
  }

  /** Each consented cut may be carried out once, however many tries that takes. */
  consent(planId: string, cuts: readonly { symbol: string; quantity: number }[]): void {
    const at = this.#time.at;
    for (const cut of cuts) this.#cuts.push({ planId, ...cut, at });
  }

  onIntent(intent: BookedIntent): void {
    const consentedAt = intent.action.kind === 'reduce_position' ? this.#take(intent) : null;
    for (const [what, since] of this.#since) {
      if (this.#time.at - since <= this.#slackMs) continue;
      const { id, action } = intent;
      if (what === CUT_WITHOUT_CONSENT) {
        const isBare = action.kind === 'reduce_position' && consentedAt === null;
        if (isBare) this.#report.violation('consent', `${id} cuts ${action.symbol}`);
        continue;
      }
      // A consent given during a pause lets just this through.
      const isLetThrough = what === PAUSE && consentedAt !== null && consentedAt >= since;
      if (!isLetThrough) this.#report.violation('permission', `intent ${id} began during ${what}`);
    }
  }

  /** What was refused on our side never left: who consented to it once has not got it yet. */
  onEnd({ id, outcome, effects, isOrderTaken }: BookedIntent): void {
    const cut = this.#used.get(id);
    this.#used.delete(id);
    const isLeft = outcome === 'denied' && effects === 0 && !isOrderTaken;
    if (cut && isLeft) this.#cuts.push(cut);
  }

  /** Uses up the consent for a cut; null when there is none. */
  #take({ id, action }: BookedIntent): number | null {
    const quantity = Number(action.quantity);
    const at = this.#cuts.findLastIndex(
      (cut) => cut.symbol === action.symbol && quantity <= cut.quantity * (1 + 1e-9),
    );
    const [cut] = at < 0 ? [] : this.#cuts.splice(at, 1);
    if (cut) this.#used.set(id, cut);
    return cut?.at ?? null;
  }
}
