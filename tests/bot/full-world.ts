/** A rig in which every command has something to show. */

import type { Explanation } from '../../src/engine/door.ts';
import { allowActs } from './fake-acts.ts';
import { move, position, symbolOf, usd } from './fake-door.ts';
import type { Rig } from './rig.ts';

const HOUR_MS = 3_600_000;

export function fillWorld(rig: Rig): void {
  const { door } = rig;
  door.positionList = [
    position('ETH', { distance: 0.012, marginRatePct: 1.62 }),
    position('BTC', { side: 'short' }),
    position('SOL', { fenced: true, markPrice: null }),
  ];
  door.offer([move('ETH', 900, 1500), move('BTC', 2000, 1500)]);
  door.runAnswer = async () => ({ kind: 'ran', adjustments: [], dryRun: true });
  door.addPlan();
  door.profileList = [
    { name: 'calm', savedAt: rig.clock.now(), by: { id: '1001', name: 'Olivia' } },
  ];
  door.differences = [{ key: 'thresholds.price_spike_pct', before: 3, after: 5 }];
  allowActs(rig);
  door.whyAnswer = { kind: 'why', explanation: explanation() };
  door.whatIfAnswer = (shift) => ({ kind: 'what_if', view: whatIf(shift) });
  door.records = [...records(rig.clock.now())];
  door.sampleList = [2, 1, 0].map((hours) => sample(rig.clock.now() - hours * HOUR_MS));
}

function explanation(): Explanation {
  return {
    ...{ symbol: symbolOf('BTC'), poolUsd: 112_345, freeUsd: 12_345 },
    mode: 'equal_distance',
    weightSource: 'measured',
    bound: 'min',
    ...{ level: 0.073, triage: true, notionalUsd: 60_000, weight: 1 },
    ...{ share: 0.48, unrealizedPnlUsd: -120, closingEquityUsd: 300, collateralUsd: 6000 },
    ...{ targetUsd: 4678, unboundedUsd: 4500, minUsd: 4678, maxUsd: 50_000 },
    ...{ distance: 0.095, distanceAtTarget: 0.073 },
  };
}

function whatIf(shift: { symbol: ReturnType<typeof symbolOf> | '*'; pct: number }) {
  return {
    shift,
    accountRateBeforePct: 4.74,
    accountRateAfterPct: 2.1,
    positions: [
      {
        ...{ symbol: symbolOf('ETH'), rateBeforePct: 1.62, rateAfterPct: 0.2, rateManagedPct: 2.4 },
        ...{ distanceAfter: 0, distanceManaged: 0.02, wouldBeLiquidated: true, endangered: true },
      },
      {
        ...{ symbol: symbolOf('BTC'), rateBeforePct: 8, rateAfterPct: 7, rateManagedPct: 5 },
        ...{ distanceAfter: 0.06, distanceManaged: 0.04 },
        ...{ wouldBeLiquidated: false, endangered: false },
      },
    ],
    moves: [move('ETH', 900, 1500)],
    reductions: [
      { symbol: symbolOf('BTC'), sharePct: 25, notionalUsd: usd(15_000), relievesUsd: usd(900) },
    ],
    shortfallUsd: usd(1200),
    remainingUsd: usd(300),
  };
}

function records(at: number) {
  const by = { id: '1002', name: 'Otto <b>' };
  const outcome = { kind: 'confirmed', detail: '' };
  const moved = { ...move('ETH', 900, 1500), fromUsd: '900', toUsd: '1500', outcome };
  const reduced = { symbol: 'tBTCF0:USTF0', sharePct: 25, notionalUsd: '15000', outcome };
  const spike = { key: 'thresholds.price_spike_pct', from: '3', to: '5', by };
  return [
    { at, kind: 'adjustments', body: { trigger: 'manual', by, adjustments: [moved] } },
    { at, kind: 'adjustments', body: { of: 'an older form' } },
    { at, kind: 'liquidations', body: { plan: { state: 'done', reductions: [reduced] } } },
    { at, kind: 'settings', body: spike },
    { at, kind: 'errors', body: { what: 'positions', reason: 'timeout & <more>' } },
    { at, kind: 'audit', body: { by, act: 'topup', detail: 'BTC 500' } },
  ] as const;
}

function sample(at: number) {
  return {
    ...{ at, equityUsd: 111_111, availableUsd: 12_345, accountRatePct: 4.7 },
    positions: [
      {
        ...{ symbol: symbolOf('BTC'), collateralUsd: 6000, ratePct: 8, markPrice: 60_000 },
        ...{ liquidationPrice: 55_000, entryPrice: 58_000 },
      },
    ],
  };
}
