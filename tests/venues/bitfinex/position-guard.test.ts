import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PositionGuard } from '../../../src/venues/bitfinex/feed/position-guard.ts';

interface Update {
  readonly id: string;
  readonly at: number;
  readonly closes: boolean;
}

/** The state after a sequence: per position the last admitted time, or closed. */
function stateAfter(updates: readonly Update[]): Map<string, number | 'closed'> {
  const guard = new PositionGuard();
  const state = new Map<string, number | 'closed'>();
  for (const { id, at, closes } of updates) {
    if (closes) {
      guard.close(id);
      state.set(id, 'closed');
    } else if (guard.admits(id, at)) {
      state.set(id, at);
    }
  }
  return state;
}

const sorted = (state: Map<string, number | 'closed'>) => [...state].sort();

describe('order of position updates', () => {
  test('any permutation and duplication of updates ends in the same state', () => {
    const update = fc.record({
      id: fc.constantFrom('a', 'b', 'c'),
      at: fc.integer({ min: 1, max: 50 }),
      closes: fc.boolean().map((flag) => flag),
    });
    const sequences = fc
      .array(update, { maxLength: 25 })
      .chain((updates) =>
        fc.tuple(
          fc.constant(updates),
          fc.shuffledSubarray([...updates, ...updates], { minLength: updates.length * 2 }),
        ),
      );
    fc.assert(
      fc.property(sequences, ([updates, mixed]) => {
        expect(sorted(stateAfter(mixed))).toEqual(sorted(stateAfter(updates)));
      }),
      { numRuns: 1_000 },
    );
  });

  test('updates without a time pass in the order they come, until the position is closed', () => {
    const guard = new PositionGuard();
    expect([guard.admits('a', null), guard.admits('a', null)]).toEqual([true, true]);
    guard.close('a');
    expect(guard.admits('a', null)).toBe(false);
    expect(guard.admits('a', 99)).toBe(false);
  });

  test('a position announced as new, or a snapshot, starts afresh', () => {
    const guard = new PositionGuard();
    guard.close('a');
    guard.open('a');
    expect(guard.admits('a', null)).toBe(true);
    guard.close('a');
    guard.reset();
    expect(guard.admits('a', 1)).toBe(true);
  });

  test('remembers the newest thousand positions, not all that ever were', () => {
    const guard = new PositionGuard();
    for (let i = 0; i < 1_500; i += 1) guard.close(String(i));
    expect(guard.admits('1499', 1)).toBe(false);
    expect(guard.admits('3', 1)).toBe(true);
  });
});
