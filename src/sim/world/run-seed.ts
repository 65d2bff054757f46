/** One seed from beginning to end: a phase with faults, a phase without, and the last checks. */
import { MINUTE_MS } from '../../core/time.ts';
import { drawSeed } from './draw.ts';
import { checkAtRest, checkDamage } from './rest-checks.ts';
import { Simulation } from './simulation.ts';
import { openingOf, START_AT, type Stage } from './stage.ts';
import { compareLosses, race } from './twin.ts';
import { StoppedEarly } from './virtual-time.ts';

/** After the faults: to reconnect, to wait out blocks, to resolve what is open. */
const SETTLE_MS = 12 * MINUTE_MS;
/** What a person could not clear at first because its cause still held. */
const CLEAR_AGAIN_MS = 22 * MINUTE_MS;

export interface SeedResult {
  readonly seed: number;
  readonly hash: string;
  readonly hours: number;
  readonly events: number;
  readonly violations: Stage['report']['violations'];
  readonly trace: readonly string[];
  readonly marks: Readonly<Record<string, number>>;
  readonly counts: Stage['report']['counts'];
  /** How long each unknown outcome stayed unknown, ms. */
  readonly resolvedAfterMs: readonly number[];
  /** The same from the moment the exchange answered again and the service was there to ask. */
  readonly foundOutAfterMs: readonly number[];
  readonly busiest: number;
}

/** @param stopsAtFirst ends the run with its first violation, for whoever only looks for one. */
export async function runSeed(
  seed: number,
  hours: number,
  stopsAtFirst = false,
): Promise<SeedResult> {
  const draw = drawSeed(seed, hours);
  const { market, book } = openingOf(draw);
  const { settings } = draw;
  const main = new Simulation({ draw, settings, startAt: START_AT, market, book, hasFaults: true });
  const { report, time } = main.stage;
  report.stopsAtFirst = stopsAtFirst;
  const onRejection = (reason: unknown): void => report.violation('rejection', String(reason));
  process.on('unhandledRejection', onRejection);
  try {
    await main.run(draw.quietAtMs);
    main.quiet();
    await settle(main);
    const losses = await race(main, market, draw);
    checkAtRest(report, main);
    compareLosses(report, losses);
    await checkLastCrash(main);
    await checkDamage(main);
  } catch (error) {
    if (!(error instanceof StoppedEarly)) report.broken(error);
  } finally {
    process.off('unhandledRejection', onRejection);
    main.end();
  }
  return {
    seed,
    hours,
    hash: report.digest(),
    events: time.events,
    violations: report.violations,
    trace: report.hasFailed ? report.trace.slice(-200) : [],
    marks: report.marks.counts(),
    counts: report.counts,
    resolvedAfterMs: report.resolvedAfterMs,
    foundOutAfterMs: report.foundOutAfterMs,
    busiest: main.stage.rates.busiest,
  };
}

/** Everything reconnects, blocks run out, open questions are answered, people let it act. */
async function settle(main: Simulation): Promise<void> {
  const { report, time, actor } = main.stage;
  await main.run(time.at + SETTLE_MS);
  const door = main.life?.door;
  if (!door) {
    report.violation('liveness', `not running ${SETTLE_MS} ms after the faults: ${main.lastExit}`);
    return;
  }
  const clear = (): void => {
    const now = main.life?.door;
    if (!now) return;
    actor.settle(now).catch((error: unknown) => report.violation('liveness', String(error)));
  };
  clear();
  time.after(CLEAR_AGAIN_MS, clear);
  await main.run(time.at + 2 * MINUTE_MS);
  checkAtRest(report, main);
}

/** What is on disk must be enough, whatever the last moment was. */
async function checkLastCrash(main: Simulation): Promise<void> {
  const { report, time } = main.stage;
  main.crashNow('power_cut');
  await main.run(time.at + 2 * MINUTE_MS);
  if (!main.life?.door) report.violation('recovery', `not running: ${main.lastExit}`);
}
