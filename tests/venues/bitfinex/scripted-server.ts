/** A venue that says what a test tells it to, over real HTTP and WebSocket on loopback. */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export const API_KEY = 'canary-key-4711';
export const API_SECRET = 'canary-secret-0815';

export interface Recorded {
  readonly method: string;
  /** Without the leading slash, query included. */
  readonly path: string;
  readonly body: string;
  readonly nonce: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The signature fits the bytes that arrived. */
  readonly isSigned: boolean;
}

/** What to answer; `hang` never answers, `reset` drops the connection, `cut` does so midway. */
export type Answer =
  | string
  | { readonly status: number; readonly text: string; readonly retryAfter?: string }
  | { readonly cut: string }
  | 'hang'
  | 'reset';
export type Handler = (request: Recorded) => Answer | Promise<Answer>;

export class Peer {
  readonly received: Record<string, unknown>[] = [];
  readonly url: string;
  readonly #socket: WebSocket;
  isOpen = true;

  constructor(socket: WebSocket, url: string, onMessage: (peer: Peer, message: object) => void) {
    this.#socket = socket;
    this.url = url;
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as Record<string, unknown>;
      this.received.push(message);
      onMessage(this, message);
    });
    socket.on('close', () => {
      this.isOpen = false;
    });
  }

  say(message: string | object): void {
    this.#socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  drop(): void {
    this.#socket.terminate();
  }
}

export class ScriptedServer {
  readonly requests: Recorded[] = [];
  readonly peers: Peer[] = [];
  /** The most requests that were under way at once on signed paths. */
  signedConcurrencyMax = 0;
  /** What every WebSocket message is answered with. */
  onMessage: (peer: Peer, message: Record<string, unknown>) => void = () => undefined;
  greeting: string | null = '{"event":"info","version":2,"platform":{"status":1}}';
  readonly #handlers = new Map<string, Handler>();
  readonly #http = createServer((request, response) => {
    this.#serve(request, response).catch(() => response.destroy());
  });
  readonly #sockets = new WebSocketServer({ server: this.#http });
  #signedUnderWay = 0;

  async start(): Promise<this> {
    this.#sockets.on('connection', (socket, request) => {
      const peer = new Peer(socket, request.url ?? '', (from, message) =>
        this.onMessage(from, message as Record<string, unknown>),
      );
      this.peers.push(peer);
      if (this.greeting) peer.say(this.greeting);
    });
    await new Promise<void>((resolve) => {
      this.#http.listen(0, '127.0.0.1', resolve);
    });
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  get wsUrl(): string {
    return `${this.url.replace('http', 'ws')}/ws/2`;
  }

  /** Answers every request whose path, without its query, is this one. */
  on(path: string, handler: Handler): this {
    this.#handlers.set(path, handler);
    return this;
  }

  /** Answers one after the other; the last one for ever. */
  inOrder(path: string, ...answers: Answer[]): this {
    let next = 0;
    return this.on(path, () => answers[Math.min(next++, answers.length - 1)] ?? 'hang');
  }

  to(path: string): Recorded[] {
    return this.requests.filter((request) => request.path.split('?')[0] === path);
  }

  async close(): Promise<void> {
    for (const peer of this.peers) peer.drop();
    this.#sockets.close();
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const recorded = record(request, Buffer.concat(chunks).toString());
    this.requests.push(recorded);
    const isSigned = recorded.path.startsWith('v2/auth/');
    if (isSigned) this.#signedUnderWay += 1;
    this.signedConcurrencyMax = Math.max(this.signedConcurrencyMax, this.#signedUnderWay);
    response.on('close', () => {
      if (isSigned) this.#signedUnderWay -= 1;
    });
    const handler = this.#handlers.get(recorded.path.split('?')[0] ?? '');
    reply(response, handler ? await handler(recorded) : { status: 404, text: '<html>no</html>' });
  }
}

function reply(response: ServerResponse, answer: Answer): void {
  if (answer === 'hang') return;
  if (answer === 'reset') {
    response.destroy();
  } else if (typeof answer === 'string') {
    response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
  } else if ('cut' in answer) {
    response.writeHead(200, { 'content-length': String(answer.cut.length + 100) });
    response.write(answer.cut, () => response.destroy());
  } else {
    const headers = answer.retryAfter ? { 'retry-after': answer.retryAfter } : {};
    response.writeHead(answer.status, headers).end(answer.text);
  }
}

function record(request: IncomingMessage, body: string): Recorded {
  const path = (request.url ?? '').slice(1);
  const headers = request.headers as Recorded['headers'];
  const nonce = headers['bfx-nonce'] ?? '';
  const payload = `/api/${path}${nonce}${body}`;
  const signature = createHmac('sha384', API_SECRET).update(payload).digest('hex');
  const isSigned =
    headers['bfx-apikey'] === API_KEY && headers['bfx-signature'] === signature && nonce !== '';
  return { method: request.method ?? '', path, body, nonce: Number(nonce), headers, isSigned };
}
