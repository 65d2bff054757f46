/**
 * Telegram without Telegram: the Bot API over HTTP on loopback, strict as the real one, with a chat
 * page for people and an interface for automation.
 */
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import { listen } from '../listen.ts';
import { createTelegram, type TelegramCore } from './core/core.ts';
import type { EmulatedUser } from './core/world.ts';
import { connectMarket } from './http/market.ts';
import { createTelegramServer } from './http/server.ts';
import { EventStreams } from './http/sse.ts';
import { loadPage } from './http/static-files.ts';

export { createTelegram, TelegramCore } from './core/core.ts';
export { type Fault, floodFault } from './core/faults.ts';
export { formatLine } from './core/records.ts';
export { asFetch } from './wire/as-fetch.ts';
export type { EmulatedUser };

export const OWNER_ID = 1001;
export const STRANGER_ID = 2002;

/** The people of the demo. The bot has met the owner; the stranger has yet to write. */
export const DEMO_USERS: readonly EmulatedUser[] = [
  { key: 'owner', id: OWNER_ID, firstName: 'Olivia', username: 'olivia', languageCode: 'en' },
  { key: 'stranger', id: STRANGER_ID, firstName: 'Sam', languageCode: 'en', started: false },
];

export interface StartTelegramOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host?: '127.0.0.1';
  readonly botToken: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** The exchange simulator behind the side panel, such as `http://127.0.0.1:8788`. */
  readonly marketUrl?: string;
  readonly users?: readonly EmulatedUser[];
}

export interface RunningTelegram {
  /** For grammY's `client.apiRoot`. */
  readonly apiRoot: string;
  readonly pageUrl: string;
  readonly core: TelegramCore;
  close(): Promise<void>;
}

/** Resolves when the port is open. @throws the socket's error when it cannot be */
export async function startTelegram(options: StartTelegramOptions): Promise<RunningTelegram> {
  const { clock, log, botToken } = options;
  const core = createTelegram({ clock, botToken, users: options.users ?? DEMO_USERS });
  const streams = new EventStreams(core, clock);
  const market = connectMarket(options.marketUrl);
  const server = createTelegramServer({ core, market, streams, page: await loadPage(), log });
  await listen(server, {
    port: options.port,
    host: options.host ?? '127.0.0.1',
    what: 'the chat page',
    variable: 'DEMO_CHAT_PORT',
    key: 'local_chat.port',
  });
  const root = `http://127.0.0.1:${portOf(server.address())}`;
  return {
    apiRoot: root,
    pageUrl: `${root}/`,
    core,
    close: async () => {
      core.close();
      streams.close();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}
