import { expect, test } from 'vitest';
import type { EmergencyNotice } from '../../../src/bot/alerts/alert-view.ts';
import { mergedMoves } from '../../../src/bot/alerts/merged-moves.ts';
import { confirmed } from '../../../src/core/outcome.ts';
import { move, symbolOf, usd } from '../fake-door.ts';

function rescue(at: number, fromUsd: number, toUsd: number): EmergencyNotice {
  return {
    ...{ type: 'emergency', at, dryRun: false, symbol: symbolOf('ETH') },
    ...{ ratePct: 1.5, distance: 0.01, missingUsd: usd(0) },
    adjustments: [move('ETH', fromUsd, toUsd, { outcome: confirmed() })],
  };
}

const amounts = (...rescues: EmergencyNotice[]) =>
  mergedMoves(rescues).map(({ fromUsd, toUsd }) => `${fromUsd}→${toUsd}`);

test('top-ups that follow each other are one', () => {
  expect(amounts(rescue(1, 1000, 1200), rescue(2, 1199, 1300))).toEqual(['1000→1300']);
});

test('a reduction between two top-ups does not make one that takes away', () => {
  expect(amounts(rescue(1, 1000, 1200), rescue(2, 600, 700))).toEqual(['600→700']);
});
