/** Server-sent events: what happens in the emulator, as it happens. */
import type { ServerResponse } from 'node:http';
import type { Clock } from '../../../ports/clock.ts';
import type { TelegramCore } from '../core/core.ts';
import type { CoreEvent } from '../core/events.ts';
import { messageView } from './message-view.ts';
import { HttpRefusal, safeHeaders } from './respond.ts';

const CLIENTS_MAX = 20;
const HEARTBEAT_MS = 15_000;
/** A client that does not read is let go rather than remembered without limit. */
const BUFFERED_BYTES_MAX = 4 * 1024 * 1024;

export class EventStreams {
  readonly #core: TelegramCore;
  readonly #clock: Clock;
  readonly #open = new Set<ServerResponse>();
  #next = 1;

  constructor(core: TelegramCore, clock: Clock) {
    this.#core = core;
    this.#clock = clock;
    core.subscribe((event) => this.#broadcast(event));
  }

  /** @throws HttpRefusal 503 when too many listen already */
  open(response: ServerResponse): void {
    if (this.#open.size >= CLIENTS_MAX) {
      throw new HttpRefusal(503, `at most ${CLIENTS_MAX} event streams at a time`);
    }
    response.writeHead(200, {
      ...safeHeaders(),
      'content-type': 'text/event-stream; charset=utf-8',
      connection: 'keep-alive',
    });
    response.write('retry: 1000\n\nevent: hello\ndata: {}\n\n');
    this.#open.add(response);
    const stop = this.#heartbeat(response);
    response.on('close', () => {
      stop();
      this.#open.delete(response);
    });
  }

  close(): void {
    for (const response of this.#open) response.end();
  }

  #heartbeat(response: ServerResponse): () => void {
    let cancel = (): void => undefined;
    const beat = (): void => {
      // To write after the end would be an error nobody listens for.
      if (response.writableEnded) return;
      response.write(': still here\n\n');
      cancel = this.#clock.after(HEARTBEAT_MS, beat);
    };
    cancel = this.#clock.after(HEARTBEAT_MS, beat);
    return () => cancel();
  }

  #broadcast(event: CoreEvent): void {
    if (this.#open.size === 0) return;
    const data = JSON.stringify(this.#describe(event));
    const frame = `id: ${this.#next}\nevent: ${event.type}\ndata: ${data}\n\n`;
    this.#next += 1;
    for (const response of this.#open) {
      if (response.writableEnded) continue;
      if (response.writableLength > BUFFERED_BYTES_MAX) response.destroy();
      else response.write(frame);
    }
  }

  /** Chats are named by their user; a message comes whole, so that no second call is needed. */
  #describe(event: CoreEvent): object {
    const user = event.chatId === null ? null : this.#core.keyOf(event.chatId);
    if (event.type === 'message' || event.type === 'edit') {
      const message =
        user === null || user === 'bot' ? null : messageView(this.#core, user, event.messageId);
      return { user, message };
    }
    if (event.type === 'answer') {
      const { id, messageId, data, text, alert, at } = event.answer;
      return { user, id, messageId, data, text, alert, at };
    }
    const { type: _, chatId: __, ...rest } = event;
    return { user, ...rest };
  }
}
