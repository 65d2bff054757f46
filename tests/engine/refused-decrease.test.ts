/** What a refused decrease teaches: only a refusal of the amount speaks of the venue's minimum. */
import { expect, test } from 'vitest';
import { rig } from '../support/engine-rig.ts';
import { settle } from '../support/manual-clock.ts';
import type { Fate } from '../support/memory-venue.ts';

const uneven = [
  { base: 'BTC', quantity: 1, entry: 10_000, collateral: 1_900 },
  { base: 'ETH', quantity: 10, entry: 1_000, collateral: 1_600 },
];

test.each([
  ['gives nothing more in this cycle when it was about the amount', 'reject', 0],
  ['still gives when it was about something else', 'reject_for_now', 1],
] as [string, Fate, number][])(
  'a donor whose decrease was refused %s',
  async (_, fate, lowered) => {
    const { venue, engine, mark } = await rig({ holdings: uneven, available: 0, start: false });
    venue.fates.push(fate);
    await engine.start();
    await settle();
    expect(venue.writes.map(({ symbol }) => symbol)).toEqual(['tBTCF0:USTF0']);
    venue.writes.length = 0;
    await mark('ETH', 855);
    const lowering = venue.writes.filter(({ symbol }) => symbol === 'tBTCF0:USTF0');
    expect(lowering).toHaveLength(lowered);
  },
);
