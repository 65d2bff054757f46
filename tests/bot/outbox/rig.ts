/** The outbox alone against the Telegram emulator; a crash leaves nothing but the disk. */
import { Api } from 'grammy';
import type { Delivery } from '../../../src/bot/outbox/delivery.ts';
import { DurableOutbox } from '../../../src/bot/outbox/durable-outbox.ts';
import {
  initialOutbox,
  type OutboxState,
  outboxSchema,
} from '../../../src/bot/outbox/outbox-state.ts';
import { compose } from '../../../src/bot/views/view.ts';
import type { Random } from '../../../src/ports/clock.ts';
import type { Document } from '../../../src/ports/store.ts';
import { asFetch, createTelegram, type TelegramCore } from '../../../src/sim/telegram/index.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const TOKEN = '7000001:AAHcanary0123456789abcdefghijklmnopq';
/** One grey pixel. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);
export const CHATS = [1, 2, 3] as const;

export class OutboxRig {
  readonly clock = new ManualClock();
  readonly core: TelegramCore;
  readonly log: string[] = [];
  readonly bound: string[] = [];
  readonly drawn: string[] = [];
  png: Uint8Array | null = PNG;
  outbox!: DurableOutbox;
  /** What a power cut leaves. */
  disk = JSON.stringify(initialOutbox());
  /** How long a write to the disk takes. */
  diskMs = 0;
  diskFails = false;
  unreachable: number[] = [];
  readonly #random: Random;
  #run = 0;

  constructor(random: Random = () => 0.5) {
    const { clock } = this;
    this.#random = random;
    const users = CHATS.map((id) => ({ key: `u${id}`, id, firstName: `U${id}` }));
    this.core = createTelegram({ clock, botToken: TOKEN, users });
    this.boot();
  }

  /** Starts the program, as after a crash: the run before does nothing any more. */
  boot(): void {
    this.#run += 1;
    const run = this.#run;
    const isOver = () => this.#run !== run;
    const { clock } = this;
    const never = () => new Promise<never>(() => undefined);
    const real = asFetch(this.core);
    const fetch: typeof globalThis.fetch = async (input, init) => {
      if (isOver()) return never();
      const response = await real(input, init);
      return isOver() ? never() : response;
    };
    const log = (fields: object, message: string) => {
      this.log.push(JSON.stringify({ ...fields, message }));
    };
    const logger = { debug: log, info: log, warn: log, error: log, child: () => logger };
    this.outbox = new DurableOutbox({
      api: new Api(TOKEN, { apiRoot: 'http://telegram.test', fetch }),
      document: this.#document(isOver),
      clock: { ...bind(clock), after: (ms, f) => clock.after(ms, () => !isOver() && f()) },
      random: this.#random,
      log: logger,
      onUnreachable: (chatId) => this.unreachable.push(chatId),
      draw: async (_, { utcDay }) => {
        this.drawn.push(utcDay);
        return this.png;
      },
      mayReceive: () => true,
      onBound: (nonces, id) => this.bound.push(`${nonces.join(',')}@${id}`),
      onKeyed: (key, chatId, id) => this.bound.push(`${key}:${chatId}@${id}`),
      markLate: (_, view, ageMs) =>
        ageMs < 30_000 ? view : { ...view, pages: [`LATE ${view.pages[0]}`] },
      droppedView: (_, count) => compose([`${count} dropped`]),
    });
    this.outbox.start();
  }

  push(chatId: number, text: string, more: Partial<Delivery> = {}): void {
    const at = this.clock.now();
    const compose_ = () => compose([text]);
    this.outbox.push({ chatId, priority: 'warning', at, compose: compose_, ...more });
  }

  texts(chatId: number): string[] {
    return this.core.messages(chatId).map(({ text }) => text ?? '');
  }

  #document(isOver: () => boolean): Document<OutboxState> {
    let current = outboxSchema.parse(JSON.parse(this.disk));
    let queue = Promise.resolve();
    return {
      read: () => current,
      update: (change) => {
        queue = queue.then(async () => {
          const next = change(current);
          const text = JSON.stringify(next);
          if (this.diskMs > 0) await this.clock.sleep(this.diskMs);
          if (isOver()) return;
          if (this.diskFails) throw new Error('no space left on device');
          current = next;
          this.disk = text;
        });
        return queue;
      },
    };
  }
}

function bind(clock: ManualClock) {
  return {
    now: () => clock.now(),
    monotonicMs: () => clock.monotonicMs(),
    sleep: (ms: number) => clock.sleep(ms),
  };
}
