import { describe, expect, test } from 'vitest';
import { cooldownLeftMs, mayReduceNow } from '../../../src/systems/balancer/cooldown.ts';

const NOW = 1_800_000_000_000;

describe('FR-9 between reductions cooldown_seconds pass', () => {
  test('the first may happen at once', () => {
    expect(mayReduceNow(null, 30, NOW)).toBe(true);
  });

  test('the next waits for the whole pause', () => {
    expect(mayReduceNow(NOW - 29_999, 30, NOW)).toBe(false);
    expect(cooldownLeftMs(NOW - 29_999, 30, NOW)).toBe(1);
    expect(mayReduceNow(NOW - 30_000, 30, NOW)).toBe(true);
  });

  test('a clock set back does not end the pause, nor make it longer than it is', () => {
    expect(cooldownLeftMs(NOW + 3_600_000, 30, NOW)).toBe(30_000);
  });

  test('a pause of zero is none', () => {
    expect(mayReduceNow(NOW, 0, NOW)).toBe(true);
  });
});
