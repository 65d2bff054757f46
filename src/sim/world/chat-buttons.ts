/** People pressing buttons by chance: in time, late, twice at once, and those of somebody else. */
import { HOUR_MS, MINUTE_MS } from '../../core/time.ts';
import type { Prng } from '../market/index.ts';
import type { Life } from './life.ts';
import type { Report } from './report.ts';
import type { TicketBook } from './ticket-book.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface ChatButtonsSetup {
  readonly time: VirtualTime;
  readonly random: Prng;
  readonly tickets: TicketBook;
  readonly report: Report;
  readonly life: () => Life | null;
}

interface Message {
  readonly messageId: number;
  readonly userId: number;
  readonly chatId: number;
  readonly nonces: readonly string[];
}

const MESSAGES_KEPT = 12;

export class ChatButtons {
  readonly #setup: ChatButtonsSetup;
  readonly #messages: Message[] = [];
  #lastMessageId = 0;

  constructor(setup: ChatButtonsSetup) {
    this.#setup = setup;
    this.#next();
  }

  #next(): void {
    const { time, random, report } = this.#setup;
    time.after(random.between(0.05, 0.5) * HOUR_MS, () => {
      this.#next();
      const act = random.next() < 0.4 ? this.#send() : this.#press();
      act.catch((error: unknown) => report.event(`button failed ${String(error)}`));
    });
  }

  /** A message with one or two buttons. */
  async #send(): Promise<void> {
    const { random, life } = this.#setup;
    const door = life()?.door;
    if (!door) return;
    this.#lastMessageId += 1;
    const messageId = this.#lastMessageId;
    const userId = 1 + Math.floor(2 * random.next());
    const chatId = userId;
    const count = random.next() < 0.5 ? 1 : 2;
    const ttlMs = Math.round(random.between(1, 180) * MINUTE_MS);
    const nonces: string[] = [];
    for (let i = 0; i < count; i += 1) {
      const subject = `${messageId}`;
      nonces.push(await door.tickets.issue({ action: 'confirm', subject, userId, chatId, ttlMs }));
    }
    await door.tickets.bind(nonces, messageId);
    this.#messages.push({ messageId, userId, chatId, nonces });
    if (this.#messages.length > MESSAGES_KEPT) this.#messages.shift();
  }

  async #press(): Promise<void> {
    const { random } = this.#setup;
    const fromEnd = Math.floor(this.#messages.length * random.next() ** 2);
    const message = this.#messages.at(-1 - fromEnd);
    if (!message) return;
    const isStranger = random.next() < 0.1;
    const presses = random.next() < 0.3 ? 2 : 1;
    await Promise.all(
      Array.from({ length: presses }, () => {
        const nonce = message.nonces[Math.floor(message.nonces.length * random.next())] ?? '';
        return this.#redeem(nonce, message, isStranger ? 3 : message.userId);
      }),
    );
  }

  async #redeem(nonce: string, { chatId, messageId }: Message, userId: number): Promise<void> {
    const { life, tickets, report } = this.#setup;
    const present = life();
    const door = present?.door;
    if (!door) return;
    const presented = { userId, chatId, messageId };
    const press = tickets.press(nonce, presented, present.process.clock.now());
    const verdict = await door.tickets.redeem(nonce, presented);
    report.event(`button ${nonce} ${verdict.kind}`);
    report.marks.hit(`button ${verdict.kind}`);
    tickets.answered(press, verdict);
  }
}
