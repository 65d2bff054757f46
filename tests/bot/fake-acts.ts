/** Previews and results of acts by hand, as the engine would give them. */
import { ZERO } from '../../src/core/decimal.ts';
import type { ActPreview, ActRequest } from '../../src/engine/door.ts';
import { move, symbolOf, usd } from './fake-door.ts';
import type { Rig } from './rig.ts';

/** A preview of any request, for BTC, good for two minutes; lowering risk unless told. */
export function actPreview(
  rig: Pick<Rig, 'clock' | 'door'>,
  request: ActRequest,
  change: Partial<ActPreview> = {},
): ActPreview {
  const at = rig.clock.now();
  const isMove = request.kind !== 'reduce' && request.kind !== 'deleverage';
  return {
    id: 'act1',
    at,
    expiresAt: at + 120_000,
    request,
    dryRun: false,
    risk: request.kind === 'release' ? 'raises' : 'lowers',
    fourEyes: false,
    adjustments: isMove ? [move('BTC', 1000, 1500)] : [],
    reductions: isMove ? [] : [cut()],
    effects: [
      {
        symbol: symbolOf('BTC'),
        rateBeforePct: 2.1,
        rateAfterPct: 2.55,
        distanceBefore: 0.041,
        distanceAfter: 0.05,
      },
    ],
    freeBeforeUsd: usd(12_345),
    freeAfterUsd: usd(11_845),
    accountRateBeforePct: 4.74,
    accountRateAfterPct: 4.9,
    costUsd: isMove ? ZERO : usd('12.34'),
    notes: [],
    ...change,
  };
}

export function cut() {
  return {
    symbol: symbolOf('BTC'),
    side: 'long',
    quantity: usd('0.25'),
    positionId: '1',
    positionQuantity: usd(1),
    notionalUsd: usd(15_000),
    sharePct: 25,
    priority: 50,
    relievesUsd: usd(900),
  } as const;
}

/** Every act is previewed with this change, and confirmed at the exchange when it runs. */
export function allowActs(rig: Rig, change: Partial<ActPreview> = {}): void {
  let previews = 0;
  const known = new Map<string, ActPreview>();
  rig.door.actAnswer = (request) => {
    previews += 1;
    const preview = actPreview(rig, request, { id: `act${previews}`, ...change });
    known.set(preview.id, preview);
    return { kind: 'preview', preview };
  };
  rig.door.actResult = async (id) => {
    const preview = known.get(id);
    if (!preview) return { kind: 'gone' };
    const outcome = { kind: 'confirmed', detail: '' } as const;
    return {
      kind: 'ran',
      preview,
      adjustments: preview.adjustments.map((report) => ({ ...report, outcome })),
      reductions: preview.reductions.map((report) => ({ ...report, outcome })),
      dryRun: preview.dryRun,
    };
  };
}
