/** Taps that wait for their answer. */
import type { CallbackAnswer } from './events.ts';
import { badRequest } from './reply.ts';

/** How long Telegram takes an answer is undocumented; a bot that needs this long is broken. */
export const CALLBACK_LIFETIME_MS = 60_000;
const KEPT_MAX = 2000;

export interface Tap {
  readonly id: string;
  readonly userId: number;
  readonly chatId: number;
  readonly messageId: number;
  readonly data: string;
  readonly at: number;
}

export class CallbackDesk {
  readonly #open = new Map<string, Tap>();
  #answers: CallbackAnswer[] = [];
  #next = 1;

  open(tap: Omit<Tap, 'id'>): Tap {
    // Real ids are long digit strings; the user's id in front tells them apart in logs.
    const id = `${tap.userId}${String(this.#next).padStart(12, '0')}`;
    this.#next += 1;
    const opened = { id, ...tap };
    this.#open.set(id, opened);
    for (const old of this.#open.keys()) {
      if (this.#open.size <= KEPT_MAX) break;
      this.#open.delete(old);
    }
    return opened;
  }

  /** @throws ApiRefusal 400 for an unknown, answered or expired query */
  answer(id: string, text: string, alert: boolean, now: number): CallbackAnswer {
    const tap = this.#open.get(id);
    if (tap === undefined || now - tap.at > CALLBACK_LIFETIME_MS) {
      throw badRequest('query is too old and response timeout expired or query ID is invalid');
    }
    this.#open.delete(id);
    const { userId, chatId, messageId, data } = tap;
    const answer = { id, userId, chatId, messageId, data, text, alert, at: now };
    this.#answers = [...this.#answers.slice(1 - KEPT_MAX), answer];
    return answer;
  }

  unanswered(): readonly Tap[] {
    return [...this.#open.values()];
  }

  answers(): readonly CallbackAnswer[] {
    return this.#answers;
  }
}
