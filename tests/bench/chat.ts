/**
 * How quickly the bot answers while the engine handles 200 positions at 2,000 frames a second: from
 * a person's command to the bot's message, through the whole of the real bot and the Bot API's
 * emulator over HTTP.
 */
import { loadCatalogue } from '../../src/bot/i18n/words.ts';
import { positionsView } from '../../src/bot/views/positions.ts';
import { Decimal } from '../../src/core/decimal.ts';
import { parseSymbol } from '../../src/core/symbol.ts';
import type { PositionView } from '../../src/engine/door.ts';
import { type Figure, percentile } from './figure.ts';
import { startLoad, startService } from './processes.ts';

/** Below the limit that the bot sets one person. */
const PAUSE_MS = 700;
const ANSWER_MS_MAX = 10_000;

/** Messages of the bot as they appear, from the emulator's event stream. */
class Listener {
  #waiting: (() => void) | null = null;

  async listen(chatUrl: string, signal: AbortSignal): Promise<void> {
    const response = await fetch(`${chatUrl}api/events`, { signal });
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      const frames = text.split('\n\n');
      text = frames.pop() ?? '';
      for (const frame of frames) if (isBotMessage(frame)) this.#waiting?.();
    }
  }

  /** Resolves with the next message of the bot. */
  next(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('expected an answer')), ANSWER_MS_MAX);
      this.#waiting = () => {
        clearTimeout(timer);
        this.#waiting = null;
        resolve();
      };
    });
  }
}

function isBotMessage(frame: string): boolean {
  return /^event: message$/m.test(frame) && frame.includes('"from":"bot"');
}

export async function chatSpeed(minutes: number): Promise<Figure[]> {
  const exchange = await startLoad({ positions: 200, framesPerSecond: 2_000 });
  const service = await startService(exchange);
  const stop = new AbortController();
  const listener = new Listener();
  listener.listen(service.chatUrl, stop.signal).catch(() => undefined);
  await pause(5_000);
  const commands = ['/status', '/positions', '/help', '/balance'];
  const answers: number[] = [];
  const panics: number[] = [];
  const deadline = performance.now() + minutes * 60_000;
  for (let i = 0; performance.now() < deadline; i += 1) {
    answers.push(await ask(service.chatUrl, listener, commands[i % commands.length] ?? '/status'));
    await pause(PAUSE_MS);
    if (i % 5 === 4) {
      panics.push(await ask(service.chatUrl, listener, '/panic'));
      await pause(PAUSE_MS);
    }
  }
  stop.abort();
  await service.stop();
  await exchange.stop();
  const count = (sample: readonly number[]) =>
    `ms (p50 ${percentile(sample, 50).toFixed(1)}) over ${sample.length}`;
  return [
    {
      name: 'command_answer_p99_ms',
      value: percentile(answers, 99),
      unit: count(answers),
      goal: '< 100',
    },
    // The pause counts before the answer is written: this is an upper bound of when it does.
    { name: 'panic_p99_ms', value: percentile(panics, 99), unit: count(panics), goal: '< 50' },
  ];
}

async function ask(chatUrl: string, listener: Listener, text: string): Promise<number> {
  const answered = listener.next();
  const startedAt = performance.now();
  await fetch(`${chatUrl}api/send`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: 'owner', text }),
  });
  await answered;
  return performance.now() - startedAt;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Every page of `/positions` for 200 positions. */
export function positionsRender(runs = 200): Figure {
  const positions = Array.from({ length: 200 }, (_, i) => positionOf(i));
  const t = loadCatalogue()({ locale: 'en', timeZone: 'UTC' });
  const model = { positions, emergencyRatePct: 2, banner: [], at: 0 };
  const sample: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const startedAt = performance.now();
    positionsView(model, run % 17, t, () => []);
    sample.push(performance.now() - startedAt);
  }
  const value = percentile(sample, 99);
  return { name: 'positions_200_render_p99_ms', value, unit: 'ms', goal: '< 20' };
}

function positionOf(i: number): PositionView {
  const amount = new Decimal(1_000 + i);
  return {
    symbol: parseSymbol(`tSIM${i}F0:USTF0`),
    side: i % 2 === 0 ? 'long' : 'short',
    quantity: amount,
    entryPrice: amount,
    markPrice: amount,
    markAgeMs: 100,
    notionalUsd: amount,
    collateralUsd: amount,
    targetUsd: amount,
    unrealizedPnlUsd: amount,
    marginRatePct: 1 + i / 10,
    maintenanceRatePct: 0.5,
    distance: i / 1_000,
    liquidationPrice: amount,
    weight: 1,
    weightSource: 'measured',
    priority: 50,
    fenced: false,
  };
}
