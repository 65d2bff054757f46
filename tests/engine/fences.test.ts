import { describe, expect, test } from 'vitest';
import { parseSymbol } from '../../src/core/symbol.ts';
import { Fences } from '../../src/engine/fences.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';

const BTC = parseSymbol('tBTCF0:USTF0');
const inFlight = { intentId: '1', since: 0, state: 'in_flight' } as const;

async function waiting(fences: Fences, clock: ManualClock) {
  let isFree = false;
  void fences.freed(BTC, clock, 6_000).then(() => {
    isFree = true;
  });
  await settle();
  return () => isFree;
}

describe('fences', () => {
  test('a reduction waits for the top-up of the same position that is on its way', async () => {
    const clock = new ManualClock();
    const fences = new Fences();
    fences.raise(BTC, inFlight);
    const isFree = await waiting(fences, clock);
    await clock.advance(2_000);
    expect(isFree()).toBe(false);
    fences.lower(BTC, '1');
    await settle();
    expect(isFree()).toBe(true);
  });

  test('the wait ends when the outcome is unknown, and at the latest in time', async () => {
    const clock = new ManualClock();
    const fences = new Fences();
    fences.raise(BTC, inFlight);
    const isFree = await waiting(fences, clock);
    fences.raise(BTC, { ...inFlight, state: 'unknown' });
    await settle();
    expect(isFree()).toBe(true);
    const other = new Fences();
    other.raise(BTC, inFlight);
    const isLate = await waiting(other, clock);
    await clock.advance(6_000);
    expect(isLate()).toBe(true);
  });

  test('a held position is taken for planners, not for the round that holds it', () => {
    const fences = new Fences();
    const release = fences.hold([BTC]);
    expect([fences.isTaken(BTC), fences.has(BTC)]).toEqual([true, false]);
    release();
    expect(fences.isTaken(BTC)).toBe(false);
  });
});
