import { createHmac } from 'node:crypto';
import { Agent, type Dispatcher, request } from 'undici';
import { WebSocket } from 'ws';
import { silentLogger } from '../../../src/ops/logger.ts';
import {
  type ExchangeOptions,
  type RunningExchange,
  startExchange,
} from '../../../src/sim/exchange/index.ts';
import { ManualClock } from '../../support/manual-clock.ts';

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Undefined when the text is not JSON. */
  readonly json: unknown;
}

export interface SignedOptions {
  readonly nonce?: number;
  readonly secret?: string;
  readonly key?: string;
  /** What is sent; the JSON of the body when left out. */
  readonly raw?: string;
}

/** A running simulator on a clock that stands still, and a client that signs for it. */
export class Rig {
  readonly clock: ManualClock;
  readonly exchange: RunningExchange;
  readonly #agent = new Agent({ keepAliveTimeout: 1_000 });
  readonly #sockets: TestSocket[] = [];
  #nonce = 1;

  constructor(clock: ManualClock, exchange: RunningExchange) {
    this.clock = clock;
    this.exchange = exchange;
  }

  nextNonce(): number {
    this.#nonce += 1;
    return this.#nonce;
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#send(path, { method: 'GET', headers });
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const all = { 'content-type': 'application/json', ...headers };
    return this.#send(path, { method: 'POST', headers: all, body: JSON.stringify(body) });
  }

  signed(path: string, body: unknown = {}, options: SignedOptions = {}): Promise<Answer> {
    const raw = options.raw ?? JSON.stringify(body);
    const nonce = String(options.nonce ?? this.nextNonce());
    const headers = {
      'content-type': 'application/json',
      'bfx-nonce': nonce,
      'bfx-apikey': options.key ?? 'demo-key',
      'bfx-signature': sign(`/api/${path}${nonce}${raw}`, options.secret),
    };
    return this.#send(`/${path}`, { method: 'POST', headers, body: raw });
  }

  async connect(): Promise<TestSocket> {
    const socket = new TestSocket(this.exchange.wsUrl);
    this.#sockets.push(socket);
    await socket.next((frame) => isEvent(frame, 'info'));
    return socket;
  }

  async authenticated(extra: object = {}): Promise<TestSocket> {
    const socket = await this.connect();
    socket.send(authMessage(this.nextNonce(), extra));
    await socket.next((frame) => isEvent(frame, 'auth'));
    return socket;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.terminate();
    await this.exchange.close();
    await this.#agent.close();
  }

  async #send(
    path: string,
    options: { method: Dispatcher.HttpMethod; headers: Record<string, string>; body?: string },
  ): Promise<Answer> {
    const response = await request(new URL(path, this.exchange.url), {
      ...options,
      dispatcher: this.#agent,
    });
    const text = await response.body.text();
    return { status: response.statusCode, text, json: parsed(text) };
  }
}

export async function startRig(options: Partial<ExchangeOptions> = {}): Promise<Rig> {
  const clock = new ManualClock();
  const exchange = await startExchange({
    port: 0,
    seed: 7,
    scenario: 'calm',
    speed: 60,
    clock,
    log: silentLogger,
    ...options,
  });
  return new Rig(clock, exchange);
}

export function sign(payload: string, secret = 'demo-secret'): string {
  return createHmac('sha384', secret).update(payload).digest('hex');
}

export function authMessage(nonce: number, extra: object = {}): object {
  const authPayload = `AUTH${nonce}`;
  const authSig = sign(authPayload);
  return { event: 'auth', apiKey: 'demo-key', authNonce: nonce, authPayload, authSig, ...extra };
}

export function isEvent(frame: unknown, event: string): boolean {
  return typeof frame === 'object' && frame !== null && 'event' in frame && frame.event === event;
}

/** Frames as they come, so that a test can wait for the one it means. */
export class TestSocket {
  readonly frames: unknown[] = [];
  isClosed = false;
  readonly #socket: WebSocket;
  #waiting: (() => void)[] = [];

  constructor(url: string) {
    this.#socket = new WebSocket(url);
    this.#socket.on('message', (data) => {
      this.frames.push(parsed(String(data)) ?? String(data));
      this.#wake();
    });
    this.#socket.on('close', () => {
      this.isClosed = true;
      this.#wake();
    });
    this.#socket.on('error', () => undefined);
  }

  send(message: unknown): void {
    this.#socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** The first frame of that kind; it and all before it are forgotten. */
  async next(isWanted: (frame: unknown) => boolean): Promise<unknown> {
    for (;;) {
      const at = this.frames.findIndex(isWanted);
      if (at >= 0) return this.frames.splice(0, at + 1).at(-1);
      if (this.isClosed) throw new Error('the socket closed before the wanted frame came');
      await this.#changed();
    }
  }

  /** The payload of the first frame `[0, type, payload]`. */
  async account(type: string): Promise<unknown> {
    const frame = await this.next((one) => Array.isArray(one) && one[0] === 0 && one[1] === type);
    return (frame as unknown[])[2];
  }

  async closed(): Promise<void> {
    while (!this.isClosed) await this.#changed();
  }

  /** Everything sent before is processed once the answer to this is here. */
  async flush(): Promise<void> {
    this.send({ event: 'ping', cid: 99 });
    await this.next((frame) => isEvent(frame, 'pong'));
  }

  terminate(): void {
    this.#socket.terminate();
  }

  #changed(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
