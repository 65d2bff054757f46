/** The owner's side of the chat: says, taps, and waits for what the bot shows. */
import { z } from 'zod';
import { postJson } from './http.ts';

const buttonSchema = z.object({ text: z.string(), data: z.string().optional() });
const messageSchema = z.object({
  id: z.number(),
  from: z.string(),
  text: z.string().nullable(),
  buttons: z.array(z.array(buttonSchema)),
});
export type Message = z.infer<typeof messageSchema>;
export type Button = z.infer<typeof buttonSchema>;
const frameSchema = z.object({ user: z.string().nullable(), message: messageSchema.nullable() });

const USER = 'owner';
const MESSAGES_MAX = 400;

interface Waiter {
  readonly fits: (message: Message) => boolean;
  readonly resolve: (message: Message) => void;
}

export class Chat {
  readonly #url: string;
  readonly #messages = new Map<number, Message>();
  readonly #waiters = new Set<Waiter>();

  constructor(url: string) {
    this.#url = url;
  }

  /** Newest first. */
  get messages(): Message[] {
    return [...this.#messages.values()].reverse();
  }

  /** Follows the chat until the signal. */
  async listen(signal: AbortSignal): Promise<void> {
    const response = await fetch(`${this.#url}/api/events`, { signal });
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      const frames = text.split('\n\n');
      text = frames.pop() ?? '';
      for (const frame of frames) this.#take(frame);
    }
  }

  /** @returns the id of what was said: whatever answers it comes later */
  async say(text: string): Promise<number> {
    const said = await postJson(`${this.#url}/api/send`, { user: USER, text });
    return z.object({ id: z.number() }).parse(said).id;
  }

  async sendFile(name: string, content: string): Promise<number> {
    const body = { user: USER, name, content: Buffer.from(content).toString('base64') };
    return z.object({ id: z.number() }).parse(await postJson(`${this.#url}/api/file`, body)).id;
  }

  async tap(messageId: number, data: string): Promise<void> {
    await postJson(`${this.#url}/api/tap`, { user: USER, messageId, data });
  }

  /** The first message of the bot that fits, new or edited, from now on or there already. */
  hear(fits: (message: Message) => boolean, waitMs: number, signal: AbortSignal): Promise<Message> {
    const there = this.messages.find((message) => message.from === 'bot' && fits(message));
    if (there) return Promise.resolve(there);
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
        reject(new Error('not heard'));
      };
      const timer = setTimeout(giveUp, waitMs);
      const waiter: Waiter = {
        fits,
        resolve(message) {
          clearTimeout(timer);
          signal.removeEventListener('abort', giveUp);
          resolve(message);
        },
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.#waiters.add(waiter);
      if (signal.aborted) giveUp();
    });
  }

  #take(frame: string): void {
    if (!/^event: (message|edit)$/m.test(frame)) return;
    const data = /^data: (.*)$/m.exec(frame)?.[1] ?? '{}';
    const parsed = frameSchema.safeParse(JSON.parse(data));
    const message = parsed.data?.message;
    if (!message || parsed.data?.user !== USER) return;
    this.#messages.set(message.id, message);
    for (const id of this.#messages.keys()) {
      if (this.#messages.size <= MESSAGES_MAX) break;
      this.#messages.delete(id);
    }
    if (message.from !== 'bot') return;
    for (const waiter of this.#waiters) {
      if (!waiter.fits(message)) continue;
      this.#waiters.delete(waiter);
      waiter.resolve(message);
    }
  }
}

export function buttonLike(message: Message, label: RegExp): Button | undefined {
  return message.buttons.flat().find(({ text }) => label.test(text));
}

/** The single-use permission behind a button; null for buttons without one. */
export function nonceOf({ data }: Button): string | null {
  return /^v1\|ticket\|(.+)$/.exec(data ?? '')?.[1] ?? null;
}
