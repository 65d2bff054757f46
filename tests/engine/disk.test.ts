/** A disk that fills up or does not answer: nothing is done that could not be written down. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { rig } from '../support/engine-rig.ts';
import { settle } from '../support/manual-clock.ts';

const uneven = [
  { base: 'BTC', quantity: 1, entry: 10_000, collateral: 300 },
  { base: 'ETH', quantity: 10, entry: 1_000, collateral: 3_000 },
];
const MIN = 200_000_000;

function fakeDisk() {
  const state = { waitingMs: 0, freeBytes: (2 * MIN) as number | null, asked: 0 };
  const health = {
    waitingMs: () => state.waitingMs,
    freeBytes: async () => {
      state.asked += 1;
      return state.freeBytes;
    },
  };
  return { state, watch: { health, minFreeBytes: MIN } };
}

describe('a disk that is nearly full', () => {
  test('halts before the first act of a start', async () => {
    const { state, watch } = fakeDisk();
    state.freeBytes = MIN - 1;
    const made = await rig({ holdings: uneven, available: 500, disk: watch });
    await made.mark('BTC', 9_750);
    await made.clock.advance(180_000);
    expect(made.engine.door.status()).toMatchObject({
      mode: 'halted',
      modeReason: 'disk_full',
      haltNeedsPerson: false,
    });
    expect(made.venue.writes).toEqual([]);
    expect(made.told('halted')).toMatchObject([{ active: true, reason: 'disk_full' }]);
  });

  test('halts within seconds while running, and ends once there is room to spare', async () => {
    const { state, watch } = fakeDisk();
    const made = await rig({ holdings: uneven, available: 500, disk: watch });
    expect(made.engine.door.status().mode).toBe('active');
    state.freeBytes = MIN - 1;
    await made.clock.advance(2_000);
    expect(made.engine.door.status().modeReason).toBe('disk_full');
    state.freeBytes = MIN + 1;
    await made.clock.advance(10_000);
    expect(made.engine.door.status().mode).toBe('halted');
    state.freeBytes = null;
    await made.clock.advance(10_000);
    expect(made.engine.door.status().mode).toBe('halted');
    state.freeBytes = 1.1 * MIN;
    await made.clock.advance(2_000);
    expect(made.engine.door.status().mode).toBe('active');
    expect(made.told('halted').map(({ active }) => active)).toEqual([true, false]);
  });

  test('of unknown room changes nothing', async () => {
    const { state, watch } = fakeDisk();
    state.freeBytes = null;
    const made = await rig({ holdings: uneven, available: 500, disk: watch });
    await made.clock.advance(20_000);
    expect(made.engine.door.status().mode).toBe('active');
  });

  test('that does not even say how full it is does not keep the engine from starting', async () => {
    const { state, watch } = fakeDisk();
    const made = await rig({
      holdings: uneven,
      available: 500,
      start: false,
      disk: {
        ...watch,
        health: {
          ...watch.health,
          freeBytes: () => {
            state.asked += 1;
            return new Promise(() => undefined);
          },
        },
      },
    });
    const starting = made.engine.start();
    await settle();
    await made.clock.advance(4_000);
    await starting;
    await made.clock.advance(30_000);
    expect(state.asked).toBe(1);
    expect(made.told('started')).toHaveLength(1);
  });
});

describe('a disk that does not answer', () => {
  test('halts after four seconds and goes on when it answers', async () => {
    const { state, watch } = fakeDisk();
    const made = await rig({ holdings: uneven, available: 500, disk: watch });
    state.waitingMs = 3_999;
    await made.clock.advance(2_000);
    expect(made.engine.door.status().mode).toBe('active');
    state.waitingMs = 4_000;
    await made.clock.advance(2_000);
    expect(made.engine.door.status()).toMatchObject({ mode: 'halted', modeReason: 'disk_stuck' });
    state.waitingMs = 0;
    await made.clock.advance(2_000);
    expect(made.engine.door.status().mode).toBe('active');
  });

  test('halts and is told although the halt itself cannot be written down meanwhile', async () => {
    const { state, watch } = fakeDisk();
    const made = await rig({ holdings: uneven, available: 500, disk: watch });
    const release = hold(made.journal);
    state.waitingMs = 5_000;
    await made.clock.advance(2_000);
    expect(made.engine.door.status().modeReason).toBe('disk_stuck');
    expect(made.told('halted')).toHaveLength(1);
    release();
  });

  test('lets nothing out that was decided before it hung', async () => {
    const made = await rig({ holdings: uneven, available: 500 });
    await made.clock.advance(120_000);
    const before = made.venue.writes.length;
    const release = hold(made.journal);
    await made.mark('BTC', 9_000);
    await made.clock.advance(4_000);
    release();
    await settle();
    const intents = made.journal.records.filter(({ type }) => type === 'intent');
    const outcomes = made.journal.records.filter(({ type }) => type === 'outcome');
    const late = intents.at(-1);
    expect(intents.length).toBeGreaterThan(before);
    expect(made.venue.writes.length).toBe(before);
    expect(outcomes.at(-1)?.body).toMatchObject({
      id: idOf(late?.body),
      outcome: { kind: 'denied', reason: expect.stringContaining('waited_too_long') },
    });
  });
});

const idOf = (body: unknown): string => z.object({ id: z.string() }).parse(body).id;

function hold(journal: { held: Promise<void> | null }): () => void {
  let release = (): void => undefined;
  journal.held = new Promise((resolve) => {
    release = resolve;
  });
  return () => {
    journal.held = null;
    release();
  };
}
