/** The public door, built on the engine's parts. */
import type { Actor } from '../core/actor.ts';
import type { EngineDeps } from './deps.ts';
import type { EngineDoor, StatusView } from './door.ts';
import type { Parts } from './parts.ts';
import { RECORD } from './records.ts';
import type { Recovered } from './recovery.ts';
import { createTicketDesk } from './ticket-desk.ts';
import { accountRatePct, accountSums, positionViews } from './views.ts';

const DECIDED_PLANS_MAX = 50;

export function createDoor(deps: EngineDeps, recovered: Recovered, parts: Parts): EngineDoor {
  const { clock, journal, random, history } = deps;
  const { ledger, fences, settings, desk, rebalancer, liquidator, statistics } = parts;
  const startedAt = clock.now();

  async function setDryRun(on: boolean, by: Actor): Promise<'changed' | 'pinned'> {
    if (parts.posture.pinnedDryRun && !on) return 'pinned';
    await desk.change('liquidation.dry_run', on, by);
    return 'changed';
  }

  return {
    tickets: createTicketDesk({ state: recovered.tickets, journal, clock, random }),
    status: () => statusView(deps, parts, startedAt),
    positions: () => positionViews(ledger, fences, settings(), clock.now()),
    plans: (all = false) => {
      const plans = liquidator.plans();
      return all ? plans.slice(0, DECIDED_PLANS_MAX) : plans.filter((p) => p.state === 'pending');
    },
    settings: () => desk.view(),
    dailyStatistics: () => statistics.view(),
    history: (kind, limit) => history.latest(kind, limit),
    previewRebalance: () => rebalancer.preview(),
    runRebalance: (id, by, trigger = 'manual') => rebalancer.run(id, by, trigger),
    decidePlan: (planId, decision, by) => liquidator.decide(planId, decision, by),
    setDryRun,
    changeSetting: (key, value, by) => desk.change(key, value, by),
    undoSetting: (changeId, by) => desk.undo(changeId, by),
    audit: async (by, act, detail) => {
      await journal.append({ type: RECORD.audit, body: { by, act, detail } });
    },
  };
}

function statusView(deps: EngineDeps, parts: Parts, startedAt: number): StatusView {
  const { ledger, fences, posture, settings, cycle } = parts;
  const now = deps.clock.now();
  const sums = accountSums(ledger);
  const views = positionViews(ledger, fences, settings(), now);
  const pollMs = settings().monitor.poll_interval_sec * 1_000;
  return {
    at: now,
    startedAt,
    version: deps.version,
    venue: deps.venue.name,
    simulated: deps.simulated,
    mode: posture.mode,
    modeReason: posture.reason,
    dryRun: posture.isDryRun(settings()),
    positions: views.length,
    availableUsd: ledger.availableUsd(),
    ...sums,
    accountRatePct: accountRatePct(sums),
    accountWarning: parts.watchers.accountWarning,
    feedAgeMs: ledger.newestMarkAt === null ? null : Math.max(0, now - ledger.newestMarkAt),
    snapshotAgeMs: ledger.snapshotAt === null ? null : Math.max(0, now - ledger.snapshotAt),
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
