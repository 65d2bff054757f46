/** What people ask for now and then: why a target is what it is, what if, how we are. */
import { ZERO } from '../core/decimal.ts';
import type { PerpSymbol } from '../core/symbol.ts';
import {
  type BalancerSettings,
  explainTarget,
  type PriceShift,
  whatIf,
} from '../systems/balancer/index.ts';
import type { EngineDeps } from './deps.ts';
import type { HealthView, UnavailableReason, WhatIfAnswer, WhyAnswer } from './door.ts';
import type { Ledger } from './ledger.ts';
import { reportOf } from './mover.ts';
import type { Parts } from './parts.ts';
import { ageOf } from './status-view.ts';

/** What the venue documents for authenticated endpoints that write. */
const WRITES_PER_MINUTE_MAX = 90;

export function whyAnswer(
  ledger: Ledger,
  settings: BalancerSettings,
  symbol: PerpSymbol,
): WhyAnswer {
  const reason = missing(ledger);
  if (reason) return { kind: 'unavailable', reason };
  const explanation = explainTarget(ledger.book(), symbol, settings);
  return explanation
    ? { kind: 'why', explanation }
    : { kind: 'unavailable', reason: 'unknown_symbol' };
}

export function whatIfAnswer(
  ledger: Ledger,
  settings: BalancerSettings,
  shift: PriceShift,
): WhatIfAnswer {
  const reason = missing(ledger);
  if (reason) return { kind: 'unavailable', reason };
  const found = whatIf(ledger.book(), shift, settings);
  if (!found) return { kind: 'unavailable', reason: 'unknown_symbol' };
  const { deleverage } = found;
  return {
    kind: 'what_if',
    view: {
      shift,
      accountRateBeforePct: found.accountRateBeforePct,
      accountRateAfterPct: found.accountRateAfterPct,
      positions: found.positions,
      moves: found.moves.map(reportOf),
      reductions: deleverage?.reductions ?? [],
      shortfallUsd: deleverage?.shortfallUsd ?? ZERO,
      remainingUsd: deleverage?.remainingUsd ?? ZERO,
    },
  };
}

function missing(ledger: Ledger): UnavailableReason | null {
  if (ledger.snapshotAt === null) return 'no_snapshot';
  if (ledger.symbols().length === 0) return 'no_positions';
  if (ledger.book().legs.length === 0) return 'stale_marks';
  return ledger.availableUsd() === null ? 'balance_unknown' : null;
}

export function healthView(deps: EngineDeps, parts: Parts, startedAt: number): HealthView {
  const { ledger, fences, cycle, feedHandler, writes } = parts;
  const now = deps.clock.now();
  return {
    at: now,
    uptimeMs: Math.max(0, now - startedAt),
    cycles: cycle.count,
    lastCycleMs: cycle.lastDurationMs,
    framesPerMinute: feedHandler.framesPerMinute(),
    writesLastMinute: writes.lastMinute(),
    writesPerMinuteMax: WRITES_PER_MINUTE_MAX,
    unknownOutcomes: fences.unknown(),
    venueFailuresInARow: deps.venue.failuresInARow(),
    feedUp: feedHandler.isUp,
    feedAgeMs: ageOf(ledger.newestMarkAt, deps.clock.monotonicMs()),
    snapshotAgeMs: ageOf(ledger.snapshotAt, deps.clock.monotonicMs()),
    streamed: cycle.streamed,
    positions: ledger.symbols().length,
  };
}
