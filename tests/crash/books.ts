/**
 * What the journal says, held against what the exchange received: each write has its intent on
 * disk first, is carried out at most once, and ends with the truth.
 */
import { z } from 'zod';
import type { Entry } from './journal-reader.ts';
import type { LoggedWrite } from './outside.ts';

const actionSchema = z.object({
  kind: z.enum(['set_collateral', 'reduce_position']),
  symbol: z.string(),
  side: z.enum(['long', 'short']).optional(),
  fromUsd: z.string().optional(),
  toUsd: z.string().optional(),
  quantity: z.string().optional(),
  trigger: z.string(),
});
const intentSchema = z.object({ id: z.string(), cid: z.number(), action: actionSchema });
const outcomeSchema = z.object({
  id: z.string(),
  outcome: z.object({ kind: z.string(), code: z.string().optional() }).loose(),
});
const settingsSchema = z.object({
  changes: z.array(z.object({ key: z.string(), after: z.unknown() })),
});
const setBody = z.object({ symbol: z.string(), collateral: z.string() });
const orderBody = z.object({ symbol: z.string(), amount: z.string(), cid: z.number() });

interface Intent extends z.infer<typeof intentSchema> {
  readonly seq: number;
  readonly at: number;
  /** Writes of it that the exchange received, but for those refused for their nonce. */
  sends: number;
  /** Times the exchange accepted it. */
  effects: number;
  outcome: string | null;
  code: string;
  /** The book was replaced while it was open: what the exchange shows proves nothing of it. */
  isExempt: boolean;
}

/** Refusals after which the exchange had not done it, whatever it answered before. */
const WITHOUT_EFFECT = new Set(['not_applied', 'not_found']);
/** A record that was handed over is on disk within this, also on a busy machine. */
const DISK_MS_MAX = 500;
const AMOUNT_OFF_MAX = 1e-9;

export class Books {
  readonly intents = new Map<string, Intent>();
  readonly settings = new Map<string, unknown>();
  readonly profiles = new Set<string>();
  readonly spent = new Map<string, number>();
  readonly violations: string[] = [];
  isPaused = false;
  writes = 0;
  #dryRunFrom = 0;
  readonly #open = new Map<string, Intent>();
  /** Moves by symbol and amount. */
  readonly #moves = new Map<string, Intent[]>();

  constructor(isDryRun: boolean) {
    this.settings.set('liquidation.dry_run', isDryRun);
  }

  open(): Intent[] {
    return [...this.#open.values()];
  }

  /** The exchange's positions were replaced by others. */
  bookReplaced(): void {
    for (const intent of this.#open.values()) intent.isExempt = true;
  }

  violation(rule: string, what: string): void {
    this.violations.push(`${rule}: ${what}`);
  }

  onRecord(entry: Entry): void {
    const { type, body } = entry;
    if (type === 'intent') this.#onIntent(entry);
    else if (type === 'outcome') this.#onOutcome(body);
    else if (type === 'paused') this.isPaused = true;
    else if (type === 'resumed') this.isPaused = false;
    else if (type === 'profile') this.profiles.add(z.object({ name: z.string() }).parse(body).name);
    else if (type === 'ticket_spent') this.#onSpent(body);
    else if (type === 'settings') this.#onSettings(entry);
    else if (type === 'started') this.#dryRunFrom = 0;
  }

  onWrite(write: LoggedWrite): void {
    this.writes += 1;
    const intent = write.path.includes('order/submit') ? this.#orderOf(write) : this.#moveOf(write);
    if (!intent) {
      this.violation('intent first', `nothing in the journal explains ${JSON.stringify(write)}`);
      return;
    }
    if (intent.at > write.ms) {
      this.violation('intent first', `intent ${intent.id} is younger than its write`);
    }
    if (write.outcome.includes('nonce')) return;
    intent.sends += 1;
    if (/^(fault \w+ after )?ok$/.test(write.outcome)) intent.effects += 1;
    if (intent.sends > 1) this.violation('once', `intent ${intent.id} came ${intent.sends} times`);
  }

  /** Every outcome that is known by now, against what the exchange did. */
  checkOutcomes(): void {
    for (const intent of this.intents.values()) {
      const { id, outcome, code, effects, sends, isExempt } = intent;
      if (isExempt || outcome === null || outcome === 'unknown') continue;
      if (outcome === 'confirmed' && effects !== 1) {
        this.violation('true outcome', `${id} is confirmed, the exchange did it ${effects} times`);
      }
      if (outcome === 'rejected' && effects > 0 && WITHOUT_EFFECT.has(code)) {
        this.violation('true outcome', `${id} is rejected as ${code}, the exchange did it`);
      }
      if (outcome === 'denied' && sends > 0) {
        this.violation('true outcome', `${id} was denied here, the exchange received it`);
      }
    }
  }

  #onIntent({ seq, at, body }: Entry): void {
    const parsed = intentSchema.parse(body);
    const { id, action } = parsed;
    const intent = { ...parsed, seq, at, sends: 0, effects: 0, outcome: null, code: '' };
    if (this.intents.has(id)) this.violation('one intent', `id ${id} is used twice`);
    const other = this.#open.get(action.symbol);
    if (other) this.violation('fence', `${id} begins while ${other.id} of its symbol is open`);
    if (this.isPaused && !isByPersonAndSafer(action)) {
      this.violation('pause', `${id} begins during a pause`);
    }
    // Dry run counts once its record is on disk; what was decided until then is not in it.
    if (this.settings.get('liquidation.dry_run') === true && at > this.#dryRunFrom) {
      this.violation('dry run', `${id} begins in dry run`);
    }
    const kept: Intent = { ...intent, isExempt: false };
    this.intents.set(id, kept);
    this.#open.set(action.symbol, kept);
    if (action.toUsd === undefined) return;
    const key = moveKey(action.symbol, action.toUsd);
    this.#moves.set(key, [...(this.#moves.get(key) ?? []), kept]);
  }

  #onOutcome(body: unknown): void {
    const { id, outcome } = outcomeSchema.parse(body);
    const intent = this.intents.get(id);
    if (!intent) {
      this.violation('known intent', `an outcome of ${id}, which is not in the journal`);
      return;
    }
    const isFinal = intent.outcome !== null && intent.outcome !== 'unknown';
    if (isFinal) this.violation('one outcome', `${id} was ${intent.outcome}, then ${outcome.kind}`);
    intent.outcome = outcome.kind;
    intent.code = outcome.code ?? '';
    if (outcome.kind !== 'unknown') this.#open.delete(intent.action.symbol);
  }

  #onSettings({ at, body }: Entry): void {
    for (const { key, after } of settingsSchema.parse(body).changes) this.settings.set(key, after);
    this.#dryRunFrom = at + DISK_MS_MAX;
  }

  #onSpent(body: unknown): void {
    const { nonce } = z.object({ nonce: z.string() }).parse(body);
    const times = (this.spent.get(nonce) ?? 0) + 1;
    this.spent.set(nonce, times);
    if (times > 1) this.violation('once', `ticket ${nonce} was spent ${times} times`);
  }

  #orderOf(write: LoggedWrite): Intent | undefined {
    const { cid, symbol, amount } = orderBody.parse(write.body);
    const intent = this.intents.get(String(cid));
    if (intent?.action.kind !== 'reduce_position' || intent.action.symbol !== symbol) return;
    const sign = intent.action.side === 'long' ? -1 : 1;
    const wanted = sign * Number(intent.action.quantity);
    if (Math.abs(wanted - Number(amount)) > AMOUNT_OFF_MAX) {
      this.violation('same amount', `${cid} wants ${wanted}, the exchange got ${amount}`);
    }
    return intent;
  }

  /** The youngest intent of that symbol and amount from before the write, which none has used. */
  #moveOf(write: LoggedWrite): Intent | undefined {
    const { symbol, collateral } = setBody.parse(write.body);
    const same = this.#moves.get(moveKey(symbol, collateral)) ?? [];
    return same.filter(({ at, sends }) => at <= write.ms && sends === 0).at(-1);
  }
}

function moveKey(symbol: string, usd: string): string {
  return `${symbol} ${Number(usd)}`;
}

/** What a person asks for during a pause is let through when it lowers risk. */
function isByPersonAndSafer({ kind, trigger, fromUsd, toUsd }: Intent['action']): boolean {
  const isSafer = kind === 'reduce_position' || Number(toUsd) > Number(fromUsd);
  return trigger === 'manual' && isSafer;
}
