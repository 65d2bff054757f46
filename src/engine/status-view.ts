/** The account and the service at one glance, for people. */
import type { EngineDeps } from './deps.ts';
import type { StatusView } from './door.ts';
import type { Parts } from './parts.ts';
import { accountRatePct, accountSums, positionViews } from './views.ts';

export function statusView(deps: EngineDeps, parts: Parts, startedAt: number): StatusView {
  const { ledger, fences, posture, settings, cycle } = parts;
  const now = deps.clock.now();
  const elapsedMs = deps.clock.monotonicMs();
  const sums = accountSums(ledger);
  const views = positionViews(ledger, fences, settings(), elapsedMs);
  const pollMs = settings().monitor.poll_interval_sec * 1_000;
  return {
    at: now,
    startedAt,
    version: deps.version,
    venue: deps.venue.name,
    simulated: deps.simulated,
    mode: posture.mode,
    modeReason: posture.reason,
    haltNeedsPerson: posture.needsPerson,
    paused: posture.pause,
    dryRun: posture.isDryRun(settings()),
    positions: views.length,
    availableUsd: ledger.availableUsd(),
    ...sums,
    accountRatePct: accountRatePct(sums),
    accountWarning: parts.watchers.accountWarning,
    feedAgeMs: ageOf(ledger.newestMarkAt, elapsedMs),
    snapshotAgeMs: ageOf(ledger.snapshotAt, elapsedMs),
    feedUp: parts.feedHandler.isUp,
    streamed: cycle.streamed,
    lastCycleAt: cycle.lastAt,
    nextCycleAt: cycle.lastAt === null ? null : cycle.lastAt + pollMs,
    pendingPlans: parts.liquidator.pending() === null ? 0 : 1,
    unknownOutcomes: fences.unknown(),
    venueFailuresInARow: deps.venue.failuresInARow(),
    worst: views[0] ?? null,
  };
}

/** Null before the first. Both on the clock that never steps. */
export function ageOf(at: number | null, now: number): number | null {
  return at === null ? null : Math.max(0, now - at);
}
