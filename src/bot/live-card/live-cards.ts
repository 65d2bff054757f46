/**
 * Keeps one pinned message per chat up to date: edited at most every 15 seconds and only when
 * something changed, once a minute where nothing is wrong and nobody looks; sent and pinned anew
 * when somebody deleted it.
 */
import type { Api } from 'grammy';
import type { EngineDoor } from '../../engine/door.ts';
import type { Cancel, Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Document } from '../../ports/store.ts';
import { describeFailure } from '../api/failure.ts';
import type { Words } from '../i18n/words.ts';
import type { Jobs } from '../jobs.ts';
import type { Outbox } from '../outbox/delivery.ts';
import { accountSeverity } from '../views/severity.ts';
import { CARDS_MAX, type CardsState } from './card-state.ts';
import { type CardModel, cardBlocks, cardView, stoppedView } from './card-view.ts';

export const CARD_EVERY_MS = 15_000;
const IDLE_EVERY_MS = 60_000;
/** How long after a message or a press somebody counts as looking. */
const LOOKING_MS = 10 * 60_000;

/** An edit that is not heard of for so long was given up. */
const LOST_MS = 10 * 60_000;

/** A chat that wants a card. */
export interface CardReader {
  readonly chatId: number;
  readonly threadId?: number | undefined;
  readonly t: Words;
}

export interface LiveCardsDeps {
  readonly api: Api;
  readonly door: EngineDoor;
  readonly document: Document<CardsState>;
  readonly outbox: Outbox;
  readonly jobs: Jobs;
  readonly clock: Clock;
  readonly log: Logger;
  readonly readers: () => readonly CardReader[];
}

interface Shown {
  body: string;
  at: number;
  /** On its way to Telegram: the next edit waits for it. */
  isUnderWay: boolean;
}

export class LiveCards {
  readonly #deps: LiveCardsDeps;
  readonly #shown = new Map<number, Shown>();
  readonly #lookedAt = new Map<number, number>();
  #cancel: Cancel | null = null;

  constructor(deps: LiveCardsDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#cancel = this.#deps.clock.after(CARD_EVERY_MS, () => this.start());
    this.#refresh();
  }

  /** The last edit says that nothing watches any more. */
  stop(): void {
    if (!this.#cancel) return;
    this.#cancel();
    this.#cancel = null;
    const { clock, readers } = this.#deps;
    for (const reader of readers()) {
      const edits = this.#messageId(reader.chatId);
      if (edits === null) continue;
      const view = stoppedView(clock.now(), reader.t);
      const { chatId } = reader;
      // More urgent than an ordinary refresh: there is no next one.
      this.#deps.outbox.push({
        ...{ chatId, edits, priority: 'report', at: clock.now() },
        compose: () => view,
      });
    }
  }

  /** Somebody wrote or pressed in this chat: its card is read. */
  looked(chatId: number): void {
    this.#lookedAt.set(chatId, this.#deps.clock.now());
    const oldest = [...this.#lookedAt.keys()];
    for (const id of oldest.slice(0, -CARDS_MAX)) this.#lookedAt.delete(id);
  }

  #refresh(): void {
    const { door, readers, log } = this.#deps;
    try {
      const { thresholds } = door.settings().effective;
      const emergencyRatePct = thresholds.emergency_margin_rate;
      const model = {
        ...{ status: door.status(), positions: door.positions() },
        ...{ day: door.dailyStatistics(), emergencyRatePct },
      };
      for (const reader of readers()) this.#show(reader, model);
    } catch (error) {
      log.error(describeFailure(error), 'live card not drawn');
    }
  }

  #show(reader: CardReader, model: CardModel): void {
    const { clock, outbox } = this.#deps;
    const { chatId, threadId, t } = reader;
    const blocks = cardBlocks(model, t);
    const body = JSON.stringify(blocks);
    const shown = this.#shown.get(chatId);
    const now = clock.now();
    const isUnderWay = shown?.isUnderWay && now - shown.at < LOST_MS;
    if (isUnderWay || (shown?.body === body && !shown.isUnderWay)) return;
    if (shown && now - shown.at < this.#pauseMs(chatId, model)) return;
    const current = { body, at: now, isUnderWay: true };
    this.#shown.set(chatId, current);
    const edits = this.#messageId(chatId) ?? undefined;
    outbox.push({
      ...{ chatId, threadId, edits, priority: 'status', silent: true, at: now },
      compose: () => cardView(blocks, now, t),
      onSent: (messageId) => {
        current.isUnderWay = false;
        if (messageId !== edits) this.#adopt(chatId, messageId);
      },
    });
  }

  #pauseMs(chatId: number, model: CardModel): number {
    const isLooking = this.#deps.clock.now() - (this.#lookedAt.get(chatId) ?? 0) < LOOKING_MS;
    const { positions, emergencyRatePct, status } = model;
    const isCalm = accountSeverity(positions, emergencyRatePct, status.accountWarning) === 'calm';
    // A tick may come a moment early.
    return (isCalm && !isLooking ? IDLE_EVERY_MS : CARD_EVERY_MS) - 1;
  }

  #messageId(chatId: number): number | null {
    const { cards } = this.#deps.document.read();
    return cards.find((card) => card.chatId === chatId)?.messageId ?? null;
  }

  #adopt(chatId: number, messageId: number): void {
    const { jobs, document, api } = this.#deps;
    jobs.run('pin live card', async () => {
      await document.update(({ cards }) => {
        const others = cards.filter((card) => card.chatId !== chatId);
        return { cards: [...others, { chatId, messageId }].slice(-CARDS_MAX) };
      });
      await api.pinChatMessage(chatId, messageId, { disable_notification: true });
    });
  }
}
