/**
 * The rest of a run twice: by the service that went through it all, and by one born now into the
 * same account, the same settings and the same prices.
 */
import { MINUTE_MS } from '../../core/time.ts';
import type { Draw } from './draw.ts';
import { type EventfulMarket, ReplayedMarket } from './markets.ts';
import type { Report } from './report.ts';
import { CONTESTED_MS } from './rest-checks.ts';
import { Simulation } from './simulation.ts';
import type { Loss } from './stage.ts';
import { bookOf } from './website-hand.ts';

export interface Race {
  /** Losses of the service that has a past, since the race began. */
  readonly own: readonly Loss[];
  readonly twin: readonly Loss[];
}

/** Runs to the end of the draw, then the twin over the same stretch. */
export async function race(main: Simulation, market: EventfulMarket, draw: Draw): Promise<Race> {
  await untilActive(main, draw);
  const { time, exchange, losses } = main.stage;
  exchange.catchUp();
  const startAt = market.at;
  const fromMs = time.at;
  const prices = Float64Array.from(market.prices);
  const { world } = exchange;
  const book = bookOf(world);
  const candles = world.candles?.copy();
  const fundingRates = Float64Array.from(world.fundingRates);
  const settings = main.life?.door?.settings().effective ?? draw.settings;
  market.record();
  await main.run(draw.endMs);
  const replay = new ReplayedMarket(market, startAt, prices);
  const common = { draw, settings, startAt, market: replay, book, hasFaults: false };
  const past = candles && { candles, fundingRates };
  const twin = new Simulation({ ...common, ...(past ? { past } : {}) });
  await twin.run(draw.endMs - fromMs);
  twin.end();
  return { own: losses.filter(({ at }) => at > fromMs), twin: twin.stage.losses };
}

/** Who was interfered with stays careful for a while and may not do all that a fresh one does. */
async function untilActive(main: Simulation, draw: Draw): Promise<void> {
  const { time } = main.stage;
  while (main.quietForMs < CONTESTED_MS && time.at < draw.endMs) {
    if (main.life?.door?.status().mode === 'active') return;
    await main.run(time.at + MINUTE_MS);
  }
}

/**
 * Reports what the service lost and its twin kept, position by position. The two begin from the
 * same account and the same settings, but not from the same memory: one has just been born, the
 * other rests after a round or a rescue, remembers refusals, measured weights at another minute.
 * In a distress that not everybody survives they may therefore give up different positions, and
 * neither is wrong. So a loss counts unless the twin lost something instead that the service kept;
 * a service that loses all that its twin loses and one more has been harmed by its past.
 */
export function compareLosses(report: Report, { own, twin }: Race): void {
  const needless = without(own, twin);
  const instead = without(twin, own);
  report.marks.hit(`twin ${verdictOf(own, needless, instead)}`);
  if (needless.length === 0 || instead.length > 0) return;
  report.violation('twin', `lost ${needless.join(', ')}, which a fresh service keeps`);
}

function verdictOf(own: readonly Loss[], needless: readonly string[], instead: readonly string[]) {
  if (needless.length > 0) return instead.length > 0 ? 'lost others' : 'kept more';
  if (instead.length > 0) return 'lost more';
  return own.length === 0 ? 'and service kept all' : 'and service lost the same';
}

function without(losses: readonly Loss[], others: readonly Loss[]): string[] {
  const symbols = new Set(others.map(({ symbol }) => symbol));
  return losses.map(({ symbol }) => symbol).filter((symbol) => !symbols.has(symbol));
}
