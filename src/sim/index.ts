/**
 * The simulated outside world: an exchange and a chat, each only when it is asked for. They are
 * loaded only then, so that a start against the real ones need not wait for them.
 */
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { startExchange } from './exchange/index.ts';

export type ExchangeChoice = Omit<Parameters<typeof startExchange>[0], 'clock' | 'log'>;

export interface SimulatorOptions {
  /** Null when the real exchange is used. */
  readonly exchange: ExchangeChoice | null;
  /** Null when the real Telegram is used. */
  readonly chat: { readonly port: number } | null;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface Simulators {
  readonly exchange: { readonly url: string; readonly wsUrl: string } | null;
  readonly chat: { readonly apiRoot: string; readonly pageUrl: string } | null;
  close(): Promise<void>;
}

/** Known to everybody: the simulators accept nothing else, and hold nothing real. */
export const DEMO_BOT_TOKEN = '1000000001:DEMO-TOKEN-OF-THE-LOCAL-CHAT-000000';
export const DEMO_API_KEY = 'demo-key';
export const DEMO_API_SECRET = 'demo-secret';

/** @throws when a port is taken or candle files cannot be used. */
export async function startSimulators(options: SimulatorOptions): Promise<Simulators> {
  const { clock, log } = options;
  const exchange = options.exchange
    ? await (await import('./exchange/index.ts')).startExchange({
        ...options.exchange,
        clock,
        log: log.child({ part: 'exchange' }),
      })
    : null;
  const chat = await startChat(options, exchange?.url).catch(async (error: unknown) => {
    await exchange?.close();
    throw error;
  });
  return {
    exchange,
    chat,
    async close() {
      await chat?.close();
      await exchange?.close();
    },
  };
}

async function startChat({ chat, clock, log }: SimulatorOptions, marketUrl: string | undefined) {
  if (!chat) return null;
  const { startTelegram } = await import('./telegram/index.ts');
  return startTelegram({
    ...chat,
    host: '127.0.0.1',
    botToken: DEMO_BOT_TOKEN,
    clock,
    log: log.child({ part: 'chat' }),
    ...(marketUrl === undefined ? {} : { marketUrl }),
  });
}
