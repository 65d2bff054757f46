/** News that somebody wants gathered: kept on disk, told once an hour outside quiet hours. */
import type { Cancel, Clock } from '../../ports/clock.ts';
import type { Document } from '../../ports/store.ts';
import type { Jobs } from '../jobs.ts';
import type { Outbox } from '../outbox/delivery.ts';
import { clockTime } from '../views/format.ts';
import { compose, type View } from '../views/view.ts';
import { type AlertsState, DIGEST_MAX, type Gathered } from './alert-state.ts';
import type { Audience, Recipient } from './audience.ts';
import { isQuiet } from './preferences.ts';

export const DIGEST_EVERY_MS = 60 * 60_000;
const CHECK_MS = 60_000;

export interface DigestDeps {
  readonly document: Document<AlertsState>;
  readonly outbox: Outbox;
  readonly audience: Audience;
  readonly jobs: Jobs;
  readonly clock: Clock;
}

export class Digest {
  readonly #deps: DigestDeps;
  #cancel: Cancel | null = null;

  constructor(deps: DigestDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#cancel = this.#deps.clock.after(CHECK_MS, () => {
      this.start();
      this.#tellAll();
    });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  add(chatId: number, at: number, view: View): void {
    const html = view.pages[0] ?? '';
    this.#deps.jobs.run('gather news', () =>
      this.#deps.document.update((state) => {
        const own = state.gathered.filter((one) => one.chatId === chatId).slice(1 - DIGEST_MAX);
        const others = state.gathered.filter((one) => one.chatId !== chatId);
        return { ...state, gathered: [...others, ...own, { chatId, at, html }] };
      }),
    );
  }

  #tellAll(): void {
    const { audience, clock, document } = this.#deps;
    const now = clock.now();
    for (const recipient of audience.recipients('viewer')) {
      const own = document.read().gathered.filter(({ chatId }) => chatId === recipient.chatId);
      const [oldest] = own;
      const isDue = oldest !== undefined && now - oldest.at >= DIGEST_EVERY_MS;
      if (isDue && !isQuiet(recipient.preferences, now, recipient.t.timeZone)) {
        this.#tell(recipient, own);
      }
    }
  }

  #tell({ chatId, threadId, t }: Recipient, own: readonly Gathered[]): void {
    const { outbox, clock, jobs, document } = this.#deps;
    const lines = own.map(({ at, html }) => `<b>${clockTime(at, t)}</b>\n${html}`);
    const view = compose([t('digest-title', { n: own.length }), ...lines]);
    const at = clock.now();
    outbox.push({
      ...{ chatId, threadId, priority: 'report', silent: true, at },
      compose: () => view,
    });
    jobs.run('digest told', () =>
      document.update((state) => ({
        ...state,
        gathered: state.gathered.filter((one) => !own.includes(one)),
      })),
    );
  }
}
