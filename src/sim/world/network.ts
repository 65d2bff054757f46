/** The way between one process and the exchange: slow, lossy, and sometimes one-sided. */
import { BallastError } from '../../core/errors.ts';
import type {
  HttpReply,
  LinkHandlers,
  SocketLink,
  Transport,
  WireRequest,
} from '../../venues/bitfinex/index.ts';
import type { Ending } from '../exchange/http/faulty.ts';
import { receivedFrom } from '../exchange/http/receive.ts';
import type { SessionSocket } from '../exchange/ws/session.ts';
import type { Prng } from '../market/index.ts';
import type { Exchange } from './exchange.ts';
import type { Marks } from './marks.ts';
import type { SimProcess } from './sim-process.ts';
import type { VirtualTime } from './virtual-time.ts';

class NetworkError extends BallastError {
  constructor(readonly code: string) {
    super(`${code}: simulated network`);
  }
}

/** Chances per request or frame, all zero on a good day. */
export interface NetworkTrouble {
  refused: number;
  lost: number;
  replyLost: number;
  /** The request arrives after the client has given it up. */
  late: number;
  duplicated: number;
  resetBefore: number;
  resetAfter: number;
  frameRepeated: number;
  framesSwapped: number;
  /** The link is up and carries nothing, in either direction. */
  halfOpenUntil: number;
  slowMs: number;
}

export const noTrouble = (): NetworkTrouble => ({
  refused: 0,
  lost: 0,
  replyLost: 0,
  late: 0,
  duplicated: 0,
  resetBefore: 0,
  resetAfter: 0,
  frameRepeated: 0,
  framesSwapped: 0,
  halfOpenUntil: 0,
  slowMs: 0,
});

export interface NetworkWatch {
  /** The first byte is about to leave. */
  readonly onSend: (request: WireRequest) => void;
  readonly onReply: (request: WireRequest, ending: Ending) => void;
  /** What came back to the process, and after how long; null when it will not come any more. */
  readonly onEnd: (request: WireRequest, reply: HttpReply | null, tookMs: number) => void;
  /** The request reached the exchange; whoever is told may kill the process. */
  readonly onArrived: (request: WireRequest) => void;
}

export interface NetworkSetup {
  readonly time: VirtualTime;
  readonly random: Prng;
  readonly exchange: Exchange;
  readonly trouble: NetworkTrouble;
  readonly marks: Marks;
  readonly watch: NetworkWatch;
  /** Links that carry nothing any more and are still held to be open. */
  readonly dead: Set<object>;
}

/** A nonce that was too small stays so; a limit that was reached is still reached at once after. */
const REFUSED_FOR_GOOD = /nonce: small|ratelimit/;
const LATE_MS = { least: 8_000, most: 30_000 };
/** Updates of the account may come in another order than they were made; greetings may not. */
const UPDATE = /^\[0,"(pu|pn|pc|wu|tu|te|on|oc)"/;

export class Network {
  readonly #setup: NetworkSetup;

  constructor(setup: NetworkSetup) {
    this.#setup = setup;
  }

  /** What one process may use of it. */
  attach(process: SimProcess): Transport {
    return {
      http: () => ({
        request: (request, signal) => this.#request(process, request, signal),
        close: () => Promise.resolve(),
      }),
      socket: (_url, handlers) => this.#socket(process, handlers),
    };
  }

  #latencyMs(): number {
    return 15 + 25 * this.#setup.random.next() + this.#setup.trouble.slowMs;
  }

  #strikes(kind: keyof NetworkTrouble & string): boolean {
    const chance = this.#setup.trouble[kind];
    if (chance <= 0 || this.#setup.random.next() >= chance) return false;
    this.#setup.marks.hit(`network ${kind}`);
    return true;
  }

  #request(process: SimProcess, request: WireRequest, signal: AbortSignal): Promise<HttpReply> {
    const { time, watch } = this.#setup;
    const sentAt = time.at;
    const end = (reply: HttpReply | null): void => watch.onEnd(request, reply, time.at - sentAt);
    return new Promise<HttpReply>((resolve, reject) => {
      if (!process.isAlive) return;
      signal.addEventListener('abort', () => reject(new NetworkError('ABORTED')), { once: true });
      const fail = (code: string): void => {
        process.defer(this.#latencyMs(), () => reject(new NetworkError(code)));
      };
      if (this.#strikes('refused')) {
        fail('ECONNREFUSED');
        return;
      }
      this.#setup.watch.onSend(request);
      if (!process.isAlive || this.#strikes('lost')) return;
      if (this.#strikes('resetBefore')) {
        fail('ECONNRESET');
        return;
      }
      let isRefused = false;
      const answer = (ending: Ending): void => {
        isRefused = ending.kind === 'reply' && REFUSED_FOR_GOOD.test(ending.reply.text);
        this.#answer(process, ending, resolve, fail);
      };
      if (this.#strikes('late')) {
        const waitMs = this.#setup.random.between(LATE_MS.least, LATE_MS.most);
        this.#deliver(request, waitMs, answer);
      } else {
        this.#deliver(request, this.#latencyMs(), answer);
        // The copy's reply goes to nobody, and what was refused for good is not admitted in a copy.
        if (this.#strikes('duplicated')) {
          const isDue = (): boolean => !isRefused;
          this.#deliver(request, 3 * this.#latencyMs(), () => undefined, isDue);
        }
      }
    }).then(
      (reply) => {
        end(reply);
        return reply;
      },
      (error: unknown) => {
        end(null);
        throw error;
      },
    );
  }

  #deliver(
    request: WireRequest,
    delayMs: number,
    answer: (ending: Ending) => void,
    isDue: () => boolean = () => true,
  ): void {
    const { time, exchange, watch } = this.#setup;
    time.after(delayMs, () => {
      if (!isDue()) return;
      watch.onArrived(request);
      const received = receivedFrom({
        method: request.method,
        url: request.path,
        rawBody: request.body ?? '',
        address: 'client',
        headers: { ...request.headers },
      });
      void exchange.serve(received).then((ending) => {
        watch.onReply(request, ending);
        answer(ending);
      });
    });
  }

  #answer(
    process: SimProcess,
    ending: Ending,
    resolve: (reply: HttpReply) => void,
    fail: (code: string) => void,
  ): void {
    if (ending.kind === 'silence' || this.#strikes('replyLost')) return;
    if (ending.kind === 'reset' || this.#strikes('resetAfter')) {
      fail('ECONNRESET');
      return;
    }
    const { status, text } = ending.reply;
    process.defer(this.#latencyMs(), () => resolve({ status, text, retryAfter: undefined }));
  }

  #socket(process: SimProcess, handlers: LinkHandlers): SocketLink {
    const link = new MemoryLink(this.#setup, process, handlers, () => this.#latencyMs());
    return {
      get isOpen() {
        return link.isOpen;
      },
      send: (text) => link.sendUp(text),
      terminate: () => link.terminateByClient(),
    };
  }
}

/** One WebSocket in memory, seen from both ends. */
class MemoryLink {
  readonly #setup: NetworkSetup;
  readonly #process: SimProcess;
  readonly #handlers: LinkHandlers;
  readonly #latencyMs: () => number;
  readonly #down: string[] = [];
  #server: { onText: (text: string) => void; onClose: () => void } | null = null;
  #isOpen = false;
  #isClosed = false;
  #lastUpAt = 0;
  #isDead = false;

  constructor(
    setup: NetworkSetup,
    process: SimProcess,
    handlers: LinkHandlers,
    latencyMs: () => number,
  ) {
    this.#setup = setup;
    this.#process = process;
    this.#handlers = handlers;
    this.#latencyMs = latencyMs;
    if (process.isAlive) setup.time.after(latencyMs(), () => this.#arrive());
  }

  get isOpen(): boolean {
    return this.#isOpen && !this.#isClosed;
  }

  sendUp(text: string): void {
    const { time } = this.#setup;
    if (!this.#process.isAlive) return;
    this.#lastUpAt = Math.max(this.#lastUpAt, time.at + this.#latencyMs());
    time.after(this.#lastUpAt - time.at, () => {
      if (!this.#isClosed && !this.#isMute()) this.#server?.onText(text);
    });
  }

  async terminateByClient(): Promise<void> {
    this.#close();
    this.#process.defer(1, () => this.#handlers.onClose(1_006));
  }

  #arrive(): void {
    const { exchange } = this.#setup;
    if (this.#isClosed) return;
    const refusal = this.#isMute() ? 'no answer' : exchange.hub.refusalOf('/ws/2');
    if (refusal !== null || !this.#process.isAlive) {
      this.#isClosed = true;
      this.#process.defer(this.#latencyMs(), () => {
        this.#handlers.onError(new NetworkError(refusal ?? 'ECONNREFUSED'));
        this.#handlers.onClose(1_006);
      });
      return;
    }
    this.#process.defer(this.#latencyMs(), () => {
      if (this.#isClosed) return;
      this.#isOpen = true;
      this.#handlers.onOpen();
    });
    this.#server = exchange.hub.welcome(this.#serverSide());
  }

  #serverSide(): SessionSocket {
    const self = this;
    return {
      OPEN: 1,
      get readyState() {
        return self.#isClosed ? 3 : 1;
      },
      bufferedAmount: 0,
      send: (text) => this.#sendDown(text),
      terminate: () => this.#closeByServer(1_006),
      close: (code) => this.#closeByServer(code),
    };
  }

  /** Frames of one moment travel together. */
  #sendDown(text: string): void {
    if (!this.#process.isAlive) {
      // Nobody is there any more: the exchange finds out when it writes.
      this.#close();
      return;
    }
    this.#down.push(text);
    if (this.#down.length === 1) {
      this.#process.defer(40 + this.#setup.trouble.slowMs, () => this.#deliverDown());
    }
  }

  #deliverDown(): void {
    const frames = this.#disturbed(this.#down.splice(0));
    for (const frame of frames) {
      if (!this.isOpen || this.#isMute()) return;
      this.#handlers.onText(frame);
    }
  }

  #disturbed(frames: string[]): string[] {
    const { random, trouble, marks } = this.#setup;
    if (trouble.frameRepeated === 0 && trouble.framesSwapped === 0) return frames;
    const result: string[] = [];
    for (const frame of frames) {
      result.push(frame);
      if (random.next() < trouble.frameRepeated) {
        marks.hit('network frameRepeated');
        result.push(frame);
      }
      const last = result.length - 1;
      const [a = '', b = ''] = result.slice(-2);
      const areUpdates = UPDATE.test(a) && UPDATE.test(b);
      if (areUpdates && random.next() < trouble.framesSwapped) {
        marks.hit('network framesSwapped');
        result[last - 1] = b;
        result[last] = a;
      }
    }
    return result;
  }

  /** Once a link has gone dead it stays so: nobody tells either end. */
  #isMute(): boolean {
    if (!this.#isDead && this.#setup.time.at >= this.#setup.trouble.halfOpenUntil) return false;
    this.#isDead = this.#server !== null;
    if (this.#isDead) this.#setup.dead.add(this);
    this.#setup.marks.hit('network halfOpen');
    return true;
  }

  #closeByServer(code: number): void {
    this.#close();
    this.#process.defer(this.#latencyMs(), () => this.#handlers.onClose(code));
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#setup.dead.delete(this);
    this.#server?.onClose();
  }
}
