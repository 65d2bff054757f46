/** The engine's life: recover, reconcile, then act by schedule and by event until stopped. */
import { baseOf } from '../core/symbol.ts';
import type { Cancel } from '../ports/clock.ts';
import { VenueReadError } from '../ports/venue.ts';
import { createDoor } from './create-door.ts';
import type { EngineDeps } from './deps.ts';
import type { EngineDoor } from './door.ts';
import { buildParts, type Parts } from './parts.ts';
import { RECORD } from './records.ts';
import { recover } from './recovery.ts';
import { SENTINEL_SECONDS } from './sentinel.ts';

export interface Engine {
  readonly door: EngineDoor;
  /**
   * Reads the account, then starts acting. Waits for a venue that cannot be reached.
   * @throws KeyRefusedError when the venue refuses the key.
   */
  start(): Promise<void>;
  /** Stops deciding at once and waits for writes in flight; unknown ones stay in the journal. */
  stop(reason: string): Promise<void>;
}

const START_RETRY_MS = 15_000;
/** While prices jump, marks that are not streamed are read this often. */
const VIOLENT_MARKS_SECONDS = 5;

/** @throws BallastError when the journal cannot be read back. */
export async function createEngine(deps: EngineDeps): Promise<Engine> {
  const recovered = await recover(deps.journal);
  let cancelCycle: Cancel = () => undefined;
  let cancelDay: Cancel = () => undefined;
  let cancelViolent: Cancel = () => undefined;
  let cancelSentinel: Cancel = () => undefined;
  let pollSeconds = 0;

  function scheduleCycle(): void {
    const seconds = parts.settings().monitor.poll_interval_sec;
    if (seconds === pollSeconds) return;
    pollSeconds = seconds;
    cancelCycle();
    cancelCycle = deps.schedule.everySeconds(seconds, () => parts.cycle.run());
  }

  const parts = buildParts(deps, recovered, () => {
    if (pollSeconds > 0) scheduleCycle();
  });

  async function start(): Promise<void> {
    const { warnings } = await untilReached(deps, parts, () => deps.venue.checkKey());
    await untilReached(deps, parts, () => parts.reader.refreshRules());
    for (const intent of recovered.openIntents) parts.outcomes.askAfterRestart(intent);
    await parts.cycle.read();
    deps.feed.start((event) => parts.feedHandler.handle(event));
    parts.cycle.chooseStreams();
    await deps.journal.append({ type: RECORD.started, body: { version: deps.version } });
    deps.notifier.notify({
      type: 'started',
      at: deps.clock.now(),
      dryRun: parts.posture.isDryRun(parts.settings()),
      positions: parts.ledger.symbols().length,
      warnings: [...warnings, ...thinRates(parts)],
    });
    scheduleCycle();
    parts.pauses.start();
    cancelSentinel = deps.schedule.everySeconds(SENTINEL_SECONDS, async () => {
      parts.sentinel.look();
    });
    cancelDay = deps.schedule.dailyAt('00:00', async () => {
      const statistics = parts.statistics.view();
      await parts.recorder.day(statistics);
      deps.notifier.notify({ type: 'daily', at: deps.clock.now(), statistics });
    });
    cancelViolent = deps.schedule.everySeconds(VIOLENT_MARKS_SECONDS, () =>
      parts.cycle.readMarksIfViolent(),
    );
    parts.cycleNow.request();
  }

  async function stop(reason: string): Promise<void> {
    cancelCycle();
    cancelDay();
    cancelViolent();
    cancelSentinel();
    parts.pauses.stop();
    parts.posture.close();
    parts.outcomes.stop();
    parts.liquidator.close();
    await parts.fences.settled();
    await Promise.all([parts.guard.settled(), parts.liquidator.settled(), parts.acts.settled()]);
    await parts.recorder.settled();
    const inFlight = parts.fences.unknown();
    deps.notifier.notify({ type: 'stopped', at: deps.clock.now(), reason, inFlight });
    await deps.journal.append({ type: RECORD.stopped, body: { reason, inFlight } });
    await deps.feed.close();
  }

  const door = createDoor(deps, recovered, parts);
  return { door, start, stop };
}

/**
 * Without the key's rights and the pairs' rules nothing can be decided: people are told, we wait.
 */
async function untilReached<T>(
  { clock }: EngineDeps,
  { watchers }: Parts,
  read: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      const value = await read();
      watchers.readSucceeded();
      return value;
    } catch (error) {
      if (!(error instanceof VenueReadError)) throw error;
      watchers.readFailed(error);
      await clock.sleep(START_RETRY_MS);
    }
  }
}

/** Pairs whose maintenance rate is not below the emergency rate: there only the distance warns. */
function thinRates(parts: Parts): string[] {
  const { emergency_margin_rate: emergencyPct } = parts.settings().thresholds;
  const thin = parts.ledger.symbols().filter((symbol) => {
    const rate = parts.ledger.rules(symbol)?.maintenanceRate;
    return rate?.times(100).gte(emergencyPct) ?? false;
  });
  if (thin.length === 0) return [];
  return [`rate_below_maintenance: ${thin.map(baseOf).join(', ')}`];
}
