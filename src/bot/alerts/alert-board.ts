/**
 * Positions in trouble as one message per chat: sent when something gets worse, edited while it
 * lasts, ended when it is over. Twenty positions in trouble are one message, not twenty.
 */
import { isSymbol, type PerpSymbol } from '../../core/symbol.ts';
import type { EngineDoor, PositionView } from '../../engine/door.ts';
import type { Cancel, Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Document } from '../../ports/store.ts';
import { describeFailure } from '../api/failure.ts';
import type { Jobs } from '../jobs.ts';
import type { Outbox, Priority } from '../outbox/delivery.ts';
import type { View } from '../views/view.ts';
import { alertButtons } from './actions.ts';
import type { AlertMessage, AlertsState } from './alert-state.ts';
import {
  type AlertLine,
  alertView,
  type EmergencyNotice,
  type Ended,
  type EndedVars,
  endedView,
} from './alert-view.ts';
import type { Audience, Recipient } from './audience.ts';
import { modeOf, tellingOf } from './preferences.ts';
import { highest, isAtLeast, type Tier, tierOf } from './tiers.ts';

export const CHECK_EVERY_MS = 5_000;
const EDIT_EVERY_MS = 15_000;
/** The same tier of the same position is not heard twice within this. */
const COOL_DOWN_MS = 15 * 60_000;
/** Positions that turn critical one after the other are heard this often at most. */
const RELOUD_MS = 60_000;
export const SNOOZE_MS = 60 * 60_000;
/** A rescue keeps its position in the message at least so long, whatever it achieved. */
const RESCUE_SHOWN_MS = 60_000;
const PRIORITY: Readonly<Record<Tier, Priority>> = {
  critical: 'critical',
  warning: 'warning',
  notice: 'notice',
};

export interface AlertBoardDeps {
  readonly door: EngineDoor;
  readonly document: Document<AlertsState>;
  readonly outbox: Outbox;
  readonly audience: Audience;
  readonly jobs: Jobs;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What the engine did for one position, oldest first. */
interface Rescues {
  readonly notices: readonly EmergencyNotice[];
  readonly until: number;
}

const RESCUES_MAX = 20;
const NO_RESCUES: Rescues = { notices: [], until: 0 };

export const ALERT_KEY = 'alert';

export class AlertBoard {
  readonly #deps: AlertBoardDeps;
  /** The state that the disk follows. */
  #state: AlertsState;
  readonly #rescues = new Map<PerpSymbol, Rescues>();
  /** What each chat's message shows, and when it was last touched. */
  readonly #shown = new Map<number, { body: string; at: number }>();
  #lines: readonly AlertLine[] = [];
  /** Positions at the last check: one that is missing now is gone. */
  #held: ReadonlySet<PerpSymbol> = new Set();
  /** What was in trouble at the check before. */
  #before: readonly PerpSymbol[] = [];
  #cancel: Cancel | null = null;

  constructor(deps: AlertBoardDeps) {
    this.#deps = deps;
    this.#state = deps.document.read();
  }

  start(): void {
    this.#cancel = this.#deps.clock.after(CHECK_EVERY_MS, () => {
      this.start();
      this.check();
    });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  /** The engine acted for these positions, or tried to. */
  rescued(notices: readonly EmergencyNotice[]): void {
    const now = this.#deps.clock.now();
    const until = now + RESCUE_SHOWN_MS;
    for (const notice of notices) {
      const known = this.#rescues.get(notice.symbol);
      const before = known && known.until > now ? known.notices : [];
      const together = [...before, notice].slice(-RESCUES_MAX);
      this.#rescues.set(notice.symbol, { notices: together, until });
    }
    this.check();
  }

  check(): void {
    try {
      // Nothing has been read yet: no positions does not mean that none is in trouble.
      if (this.#deps.door.status().snapshotAgeMs === null) return;
      const before = JSON.stringify(this.#state);
      this.#judge();
      for (const recipient of this.#deps.audience.recipients('viewer')) this.#tell(recipient);
      this.#noteTold();
      if (JSON.stringify(this.#state) !== before) this.#save();
    } catch (error) {
      this.#deps.log.error(describeFailure(error), 'positions not checked for alerts');
    }
  }

  /** The message of a chat has its id. */
  sent(chatId: number, messageId: number): void {
    const known = this.#message(chatId);
    if (!known) return;
    this.#put(chatId, { ...known, messageId });
    this.#save();
  }

  /** Nothing of what the chat's message shows is told there for an hour, unless it gets worse. */
  snooze(chatId: number, name: string): number {
    const until = this.#deps.clock.now() + SNOOZE_MS;
    const visible = this.#visible(chatId);
    const others = this.#state.snoozes.filter(
      (one) => one.chatId !== chatId || !visible.some(({ symbol }) => symbol === one.symbol),
    );
    const fresh = visible.map(({ symbol, tier }) => ({ chatId, symbol, tier, until }));
    this.#state = { ...this.#state, snoozes: [...others, ...fresh] };
    this.#end(chatId, 'snoozed', { name, at: until });
    this.#save();
    return until;
  }

  /** Tiers of now, from what positions were in before. */
  #judge(): void {
    const { door, clock } = this.#deps;
    const now = clock.now();
    const emergency = door.settings().effective.thresholds.emergency_margin_rate;
    for (const [symbol, { until }] of this.#rescues) {
      if (until <= now && !this.#trouble(symbol)) this.#rescues.delete(symbol);
    }
    const positions = new Map(door.positions().map((position) => [position.symbol, position]));
    this.#before = this.#state.troubles.map(({ symbol }) => symbol).filter(isSymbol);
    for (const symbol of this.#held) if (!positions.has(symbol)) this.#rescues.delete(symbol);
    this.#held = new Set(positions.keys());
    const symbols = new Set([...positions.keys(), ...this.#rescues.keys()]);
    const lines = [...symbols].flatMap((symbol) =>
      this.#line(symbol, positions.get(symbol), emergency),
    );
    this.#lines = lines.sort((a, b) => a.distance - b.distance);
    const troubles = this.#lines.map(({ symbol, tier }) => {
      const known = this.#trouble(symbol);
      return { symbol, tier, since: known?.tier === tier ? known.since : now };
    });
    const told = this.#state.told.filter(({ at }) => now - at < COOL_DOWN_MS);
    const snoozes = this.#state.snoozes.filter(({ until }) => until > now);
    this.#state = { ...this.#state, troubles, told, snoozes };
  }

  #line(
    symbol: PerpSymbol,
    position: PositionView | undefined,
    emergencyRatePct: number,
  ): AlertLine[] {
    const { notices: rescues, until } = this.#rescues.get(symbol) ?? NO_RESCUES;
    const isFresh = until > this.#deps.clock.now();
    const last = rescues.at(-1);
    const seen = position ?? (isFresh && last ? rescueFigures(last) : null);
    if (!seen) return [];
    const judged = tierOf(seen, emergencyRatePct, this.#trouble(symbol)?.tier ?? null);
    const tier = isFresh ? 'critical' : judged;
    if (!tier) return [];
    const toRatePct = 2 * emergencyRatePct;
    const missingPct = toRatePct - seen.marginRatePct;
    const topUp =
      position && missingPct > 0
        ? { usd: position.notionalUsd.mul(missingPct).div(100).toNumber(), toRatePct }
        : null;
    const figures = { ratePct: seen.marginRatePct, distance: seen.distance };
    return [{ symbol, tier, ...figures, topUp, rescues }];
  }

  #tell(recipient: Recipient): void {
    const { chatId } = recipient;
    const { clock } = this.#deps;
    const lines = this.#visible(chatId, recipient);
    const known = this.#message(chatId);
    const tier = highest(lines.map((line) => line.tier));
    if (!tier) {
      if (known) this.#end(chatId, ...this.#overAs(clock.now()));
      return;
    }
    const isWorse = known !== null && !isAtLeast(known.tier, tier);
    const news = lines.filter((line) => this.#isNews(line));
    const isAnother =
      news.some((line) => line.tier === 'critical') &&
      known !== null &&
      clock.now() - known.at >= RELOUD_MS;
    if (!known || isWorse || isAnother) this.#send(recipient, tier, news.length > 0);
    else this.#edit(recipient, known, tier);
  }

  /** A position that is gone is out of trouble in name only. */
  #overAs(at: number): ['over' | 'gone', { readonly symbols: readonly PerpSymbol[]; at: number }] {
    const gone = this.#before.filter((symbol) => !this.#held.has(symbol));
    return gone.length > 0
      ? ['gone', { symbols: gone, at }]
      : ['over', { symbols: this.#before, at }];
  }

  #send(recipient: Recipient, tier: Tier, isNews: boolean): void {
    const { outbox, clock } = this.#deps;
    const { chatId, threadId, preferences, t } = recipient;
    const now = clock.now();
    this.#end(chatId, 'continued', { at: now });
    const { silent } = tellingOf(preferences, tier, now, t.timeZone);
    this.#put(chatId, { chatId, messageId: null, tier, at: now });
    this.#shown.set(chatId, { body: this.#body(recipient), at: now });
    outbox.push({
      ...{ chatId, threadId, priority: PRIORITY[tier], at: now, key: ALERT_KEY },
      // Inside its cool-down an alert comes back without a sound.
      silent: silent || !isNews,
      compose: () => this.#view(recipient),
    });
  }

  #edit(recipient: Recipient, known: AlertMessage, tier: Tier): void {
    const { outbox, clock } = this.#deps;
    const { chatId } = recipient;
    const now = clock.now();
    const shown = this.#shown.get(chatId);
    const body = this.#body(recipient);
    // What is on its way is composed when it leaves.
    if (known.messageId === null || shown?.body === body) return;
    if (shown && now - shown.at < EDIT_EVERY_MS) return;
    this.#shown.set(chatId, { body, at: now });
    outbox.push({
      ...{ chatId, edits: known.messageId, priority: PRIORITY[tier], at: now, key: ALERT_KEY },
      silent: true,
      compose: () => this.#view(recipient),
    });
  }

  /** The chat's message shows no more than that it ended, and why. */
  #end(chatId: number, kind: Ended, vars: EndedVars): void {
    const { outbox, audience, clock } = this.#deps;
    const known = this.#message(chatId);
    if (!known) return;
    this.#put(chatId, null);
    this.#shown.delete(chatId);
    const t = audience.wordsOf(chatId);
    if (known.messageId === null || !t) return;
    const view = endedView(kind, vars, t);
    outbox.push({
      ...{ chatId, edits: known.messageId, priority: 'notice', at: clock.now() },
      compose: () => view,
    });
  }

  /** Null when it was over before it could be sent. */
  #view(recipient: Recipient): View | null {
    const lines = this.#visible(recipient.chatId, recipient);
    if (lines.length === 0) return null;
    return alertView(lines, recipient.t, alertButtons(lines, recipient));
  }

  #body(recipient: Recipient): string {
    return JSON.stringify(this.#view(recipient));
  }

  #visible(chatId: number, recipient?: Recipient): AlertLine[] {
    return this.#lines.filter(({ symbol, tier }) => {
      if (recipient && modeOf(recipient.preferences, tier) === 'off') return false;
      const snooze = this.#state.snoozes.find(
        (one) => one.chatId === chatId && one.symbol === symbol,
      );
      return !snooze || !isAtLeast(snooze.tier, tier);
    });
  }

  /** Not told within the cool-down, or worse than what was told. */
  #isNews({ symbol, tier }: AlertLine): boolean {
    const told = this.#state.told.find((one) => one.symbol === symbol);
    return !told || !isAtLeast(told.tier, tier);
  }

  #noteTold(): void {
    const fresh = this.#lines.filter((line) => this.#isNews(line));
    if (fresh.length === 0) return;
    const at = this.#deps.clock.now();
    const others = this.#state.told.filter(
      (one) => !fresh.some(({ symbol }) => symbol === one.symbol),
    );
    const added = fresh.map(({ symbol, tier }) => ({ symbol, tier, at }));
    this.#state = { ...this.#state, told: [...others, ...added] };
  }

  #trouble(symbol: PerpSymbol) {
    return this.#state.troubles.find((one) => one.symbol === symbol);
  }

  #message(chatId: number): AlertMessage | null {
    return this.#state.messages.find((one) => one.chatId === chatId) ?? null;
  }

  #put(chatId: number, message: AlertMessage | null): void {
    const others = this.#state.messages.filter((one) => one.chatId !== chatId);
    this.#state = { ...this.#state, messages: message ? [...others, message] : others };
  }

  #save(): void {
    const { troubles, told, messages, snoozes } = this.#state;
    this.#deps.jobs.run('save alerts', () =>
      this.#deps.document.update((state) => ({ ...state, troubles, told, messages, snoozes })),
    );
  }
}

function rescueFigures({ ratePct, distance }: EmergencyNotice) {
  return { marginRatePct: ratePct, distance };
}
