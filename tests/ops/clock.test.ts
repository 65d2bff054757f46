import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { DAY_MS } from '../../src/core/time.ts';
import { systemClock } from '../../src/ops/clock.ts';

describe('the system clock', () => {
  test('runs after the delay, not before', async () => {
    const begin = performance.now();
    await systemClock.sleep(30);
    expect(performance.now() - begin).toBeGreaterThanOrEqual(29);
  });

  test('waits for a delay longer than a timer can be', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const timer = vi.spyOn(globalThis, 'setTimeout');
    let ran = false;
    systemClock.after(30 * DAY_MS, () => {
      ran = true;
    });
    expect(timer.mock.calls[0]?.[1]).toBe(2 ** 31 - 1);
    vi.advanceTimersByTime(29 * DAY_MS);
    expect(ran).toBe(false);
    vi.advanceTimersByTime(DAY_MS);
    expect(ran).toBe(true);
  });

  test('does not run what was cancelled, and runs a delay of nothing at once', async () => {
    const ran: string[] = [];
    const cancel = systemClock.after(1, () => ran.push('cancelled'));
    cancel();
    cancel();
    systemClock.after(-5, () => ran.push('past'));
    systemClock.after(Number.NaN, () => ran.push('none'));
    await systemClock.sleep(20);
    expect(ran.sort()).toEqual(['none', 'past']);
  });
});
