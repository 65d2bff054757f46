/** All WebSockets together: who is connected, what goes out when, and the faults of the wire. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { messageOf } from '../../../core/errors.ts';
import { MINUTE_MS, SECOND_MS } from '../../../core/time.ts';
import { refusalOf } from '../../foreign-pages.ts';
import type { WorldEvent } from '../core/index.ts';
import { SlidingCount } from '../rest/limits.ts';
import type { Venue } from '../venue.ts';
import { announce, cancelAll } from './account-channel.ts';
import { payloadOf } from './channels.ts';
import { garbageFrame } from './garbage.ts';
import { Inputs } from './inputs.ts';
import { type Channel, Session, type SessionSocket } from './session.ts';

const PATH = '/ws/2';
const CONNECTIONS_PER_MINUTE = 20;
const SESSIONS_MAX = 500;
const MESSAGE_BYTES_MAX = 256 * 1024;
const NORMAL = 1_000;
const EVT_STOP = 20_051;
const EVT_RESYNC_START = 20_060;
const EVT_RESYNC_STOP = 20_061;

interface Feed {
  readonly session: Session;
  readonly channel: Channel;
}

export class Hub {
  readonly #venue: Venue;
  readonly #inputs: Inputs;
  readonly #sessions = new Set<Session>();
  readonly #sockets: WebSocketServer;
  readonly #connections = new SlidingCount();
  #blockedUntilMs = 0;
  #turn = 0;
  #garbage = 0;

  constructor(venue: Venue) {
    this.#venue = venue;
    this.#inputs = new Inputs(venue);
    this.#sockets = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_BYTES_MAX });
  }

  attach(server: Server): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on('error', () => socket.destroy());
      const isForeign = refusalOf(request) !== null;
      const refusal = isForeign ? '403 Forbidden' : this.refusalOf(request.url ?? '');
      if (refusal) {
        socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
        return;
      }
      this.#sockets.handleUpgrade(request, socket, head, (ws) => this.#attached(ws));
    });
  }

  /** Sends everything the world has said to everybody who may know. */
  broadcast(happened: readonly WorldEvent[]): void {
    if (happened.length === 0) return;
    const events = this.#withoutQuiet(happened);
    for (const session of this.#sessions) {
      if (session.isAuthenticated) announce(this.#venue.world, session, events);
    }
  }

  /** The newest state of every channel of the given kinds. */
  push(isWanted: (channel: Channel) => boolean): void {
    for (const session of this.#sessions) {
      for (const channel of session.channels.values()) {
        if (isWanted(channel)) this.#pushOne({ session, channel });
      }
    }
  }

  /** At most so many mark frames, in turn, for load of a given rate. */
  pushMarks(frames: number): void {
    const feeds: Feed[] = [];
    for (const session of this.#sessions) {
      for (const channel of session.channels.values()) {
        if (channel.kind === 'status') feeds.push({ session, channel });
      }
    }
    if (feeds.length === 0) return;
    for (let i = 0; i < frames; i += 1) {
      this.#turn = (this.#turn + 1) % feeds.length;
      const feed = feeds[this.#turn];
      if (feed) this.#pushOne(feed);
    }
  }

  /** Heartbeats, and garbage while that fault is on. */
  pulse(): void {
    for (const session of this.#sessions) {
      session.heartbeat();
      const isGarbage = this.#venue.faults.strike('ws_garbage', PATH);
      if (!isGarbage) continue;
      this.#garbage += 1;
      const [channel = 0] = [...session.channels.keys()];
      session.sendText(garbageFrame(this.#garbage, channel));
    }
  }

  drop(): void {
    for (const session of this.#sessions) session.socket.terminate();
  }

  stop(): void {
    this.#info(EVT_STOP, 'Stopping. Please try to reconnect');
    for (const session of this.#sessions) session.socket.close(NORMAL);
  }

  maintenance(seconds: number): void {
    this.#info(EVT_RESYNC_START, 'Trading Engine under maintenance');
    this.#venue.clock.after(seconds * SECOND_MS, () => {
      this.#info(EVT_RESYNC_STOP, 'Maintenance is over');
    });
  }

  close(): void {
    this.drop();
    this.#sockets.close();
  }

  /** Whether a frame follows `collateral/set` is not documented: a fault leaves it out. */
  #withoutQuiet(events: readonly WorldEvent[]): readonly WorldEvent[] {
    const isSet = (event: WorldEvent): boolean =>
      event.type === 'position' && event.reason === 'COLLATERAL';
    if (!events.some(isSet) || !this.#venue.faults.strike('quiet_collateral', PATH)) return events;
    return events.filter((event) => !isSet(event) && event.type !== 'wallet');
  }

  #info(code: number, msg: string): void {
    for (const session of this.#sessions) session.sendEvent({ event: 'info', code, msg });
  }

  #pushOne({ session, channel }: Feed): void {
    const payload = payloadOf(this.#venue.world, channel);
    if (payload !== undefined) session.sendPublic(channel, payload);
  }

  /** Why a new connection is refused, as an HTTP status line; null when it may come in. */
  refusalOf(url: string): string | null {
    const { clock, faults, limits } = this.#venue;
    const now = clock.monotonicMs();
    if (url.split('?')[0] !== PATH) return '404 Not Found';
    if (faults.active('ws_drop')) return '503 Service Unavailable';
    if (now < this.#blockedUntilMs || this.#sessions.size >= SESSIONS_MAX) {
      return '429 Too Many Requests';
    }
    const most = CONNECTIONS_PER_MINUTE * limits.factor;
    if (this.#connections.take(now, most, MINUTE_MS)) return null;
    this.#blockedUntilMs = now + MINUTE_MS;
    return '429 Too Many Requests';
  }

  #attached(socket: WebSocket): void {
    const { log } = this.#venue;
    const { onText, onClose } = this.welcome(socket);
    socket.on('message', (data) => onText(textOf(data)));
    socket.on('error', (error) => log.debug({ reason: messageOf(error) }, 'a socket failed'));
    socket.on('close', onClose);
  }

  /** Greets a new connection; what it says and that it ended has to be told. */
  welcome(socket: SessionSocket): {
    readonly onText: (text: string) => void;
    readonly onClose: () => void;
  } {
    const { clock, faults } = this.#venue;
    const session = new Session(socket, clock, faults);
    this.#sessions.add(session);
    const status = faults.active('maintenance') ? 0 : 1;
    session.sendEvent({ event: 'info', version: 2, serverId: 'simulator', platform: { status } });
    return {
      onText: (text) => this.#inputs.take(session, text),
      onClose: () => {
        this.#sessions.delete(session);
        if (session.isDeadMan) cancelAll(this.#venue.world);
        this.#venue.flush();
      },
    };
  }
}

function textOf(data: Buffer | ArrayBuffer | Buffer[]): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return Buffer.from(data as ArrayBuffer).toString();
}
