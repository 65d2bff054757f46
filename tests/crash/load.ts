/** Market and owner at work on a running service, until the signal. */
import type { Prng } from '../../src/sim/market/index.ts';
import { type ActContext, nextAct, StatusError } from './acts.ts';
import type { Books } from './books.ts';
import type { Outside } from './outside.ts';

const SHOCK_EVERY_MS = 300;
/** How often a look at the market comes with a fault. */
const FAULT_SHARE = 0.07;
const FAULTS = [
  ...['timeout_before', 'timeout_after', 'reset_before', 'reset_after', 'cut_json'],
  ...['error_500_before', 'error_500_after', 'html_200', 'nonce_small'],
];

export async function load(context: ActContext, outside: Outside, books: Books): Promise<void> {
  await Promise.all([market(context, outside), owner(context, books)]);
}

async function owner(context: ActContext, books: Books): Promise<void> {
  while (!context.signal.aborted) {
    try {
      await nextAct(context)(context);
    } catch (error) {
      // Killed in the middle, refused by the market, or too slow: all of that belongs here.
      if (error instanceof StatusError) books.violation('told is shown', error.message);
      await pause(20, context.signal);
    }
  }
}

/** Mostly up and down on the same position, so that the book lives for a while. */
async function market({ random, symbols, signal }: ActContext, outside: Outside): Promise<void> {
  while (!signal.aborted) {
    const symbol = pickSymbol(symbols, random);
    await outside.shock(symbol, random.between(-1.5, 1.5), random.between(0, 1)).catch(() => null);
    const kind = FAULTS[Math.floor(random.next() * FAULTS.length)] ?? 'reset_after';
    if (random.next() < FAULT_SHARE) await outside.faultOnce(kind);
    await pause(random.between(0, 2 * SHOCK_EVERY_MS), signal);
  }
}

function pickSymbol(symbols: readonly string[], random: Prng): string {
  if (random.next() < 0.1) return '*';
  return symbols[Math.floor(random.next() * symbols.length)] ?? '*';
}

export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done, { once: true });
    if (signal?.aborted) done();
  });
}
