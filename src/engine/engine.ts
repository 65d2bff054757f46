/** The engine's life: recover, reconcile, then act by schedule and by event until stopped. */
import { baseOf } from '../core/symbol.ts';
import { VenueReadError } from '../ports/venue.ts';
import { createDoor } from './create-door.ts';
import { restoreDay } from './day-restore.ts';
import type { EngineDeps } from './deps.ts';
import { DISK_PATIENCE_MS } from './disk-guard.ts';
import type { EngineDoor } from './door.ts';
import { buildParts, type Parts } from './parts.ts';
import { RECORD } from './records.ts';
import { type OpenRoll, recover } from './recovery.ts';
import { createRhythm } from './rhythm.ts';

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
/** @throws BallastError when the journal cannot be read back. */
export async function createEngine(deps: EngineDeps): Promise<Engine> {
  const recovered = deps.recovery?.end() ?? (await recover(deps.journal));
  await restoreDay(deps);
  const rhythm = createRhythm(deps, () => parts);
  const parts: Parts = buildParts(deps, recovered, () => rhythm.settingsChanged());

  async function start(): Promise<void> {
    await Promise.race([parts.diskGuard.look(), deps.clock.sleep(DISK_PATIENCE_MS)]);
    await tellDropped(deps, parts);
    await tellCutOff(deps, recovered.openRolls);
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
    rhythm.start();
    parts.pauses.start();
    parts.cycleNow.request();
  }

  async function stop(reason: string): Promise<void> {
    rhythm.stop();
    parts.pauses.stop();
    parts.posture.close();
    parts.outcomes.stop();
    parts.liquidator.close();
    await parts.fences.settled();
    await Promise.all([parts.guard.settled(), parts.liquidator.settled(), parts.acts.settled()]);
    await parts.recorder.settled();
    const inFlight = parts.fences.unknown();
    deps.notifier.notify({ type: 'stopped', at: deps.clock.now(), reason, inFlight });
    try {
      await deps.journal.append({ type: RECORD.stopped, body: { reason, inFlight } });
    } finally {
      await deps.feed.close();
    }
  }

  const door = createDoor(deps, recovered, parts);
  return { door, start, stop };
}

/** Saved settings that no longer fit are told once; dry run is on from the start because of it. */
async function tellDropped({ notifier, clock }: EngineDeps, { desk }: Parts): Promise<void> {
  if (desk.dropped.length === 0) return;
  await desk.recordDropped();
  const settings = desk.dropped.map(({ key, value }) => ({ key, value: JSON.stringify(value) }));
  notifier.notify({ type: 'setting_dropped', at: clock.now(), settings });
}

/** Rolls that the last run began and did not end: told once; nothing of them is taken up again. */
async function tellCutOff(deps: EngineDeps, rolls: readonly OpenRoll[]): Promise<void> {
  const { journal, notifier, clock } = deps;
  for (const { rollId, symbol } of rolls) {
    notifier.notify({ type: 'roll_interrupted', at: clock.now(), symbol });
    await journal.append({ type: RECORD.rollEnded, body: { rollId } });
  }
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
