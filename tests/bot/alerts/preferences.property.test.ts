import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EVENTS, isUrgent, MODES, modesOf } from '../../../src/bot/alerts/events.ts';
import {
  DEFAULT_PREFERENCES,
  isQuiet,
  modeOf,
  nextMode,
  preferencesSchema,
  tellingOf,
  withMode,
} from '../../../src/bot/alerts/preferences.ts';
import { TIERS, tierOf } from '../../../src/bot/alerts/tiers.ts';

const event = fc.constantFrom(...EVENTS);
const mode = fc.constantFrom(...MODES);
const hour = fc.integer({ min: 0, max: 23 });
const moment = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });

describe('preferences', () => {
  test('urgent events are always told at once and never sleep', () => {
    fc.assert(
      fc.property(event, mode, hour, hour, moment, (name, wanted, from, to, at) => {
        const chosen = { ...withMode(DEFAULT_PREFERENCES, name, wanted), quiet: { from, to } };
        const telling = tellingOf(chosen, name, at, 'Asia/Seoul');
        if (!isUrgent(name)) return;
        expect(telling.mode).toBe('now');
        expect(telling.silent).toBe(wanted === 'silent');
      }),
    );
  });

  test('pressing the button often enough comes back to where it was', () => {
    for (const name of EVENTS) {
      let chosen = DEFAULT_PREFERENCES;
      for (const _ of modesOf(name)) chosen = withMode(chosen, name, nextMode(chosen, name));
      expect(modeOf(chosen, name)).toBe(modeOf(DEFAULT_PREFERENCES, name));
    }
  });

  test('quiet hours are read on the own clock, also over midnight', () => {
    const night = { ...DEFAULT_PREFERENCES, quiet: { from: 22, to: 7 } };
    const noonUtc = Date.UTC(2026, 0, 5, 14);
    expect(isQuiet(night, noonUtc, 'UTC')).toBe(false);
    expect(isQuiet(night, noonUtc, 'Asia/Seoul')).toBe(true);
    const hours = Array.from({ length: 24 }, (_, h) => Date.UTC(2026, 0, 5, h));
    expect(hours.filter((at) => isQuiet(night, at, 'UTC'))).toHaveLength(9);
  });

  test('an older file without any of it reads as the defaults', () => {
    expect(preferencesSchema.parse({})).toEqual(DEFAULT_PREFERENCES);
  });
});

describe('tiers', () => {
  const rate = fc.double({ min: 0, max: 20, noNaN: true });

  test('a tier is entered at its threshold and left a tenth above it', () => {
    fc.assert(
      fc.property(rate, fc.constantFrom(...TIERS, null), (marginRatePct, before) => {
        const tier = tierOf({ marginRatePct, distance: 0.1 }, 2, before);
        const fresh = tierOf({ marginRatePct, distance: 0.1 }, 2, null);
        const limits = { critical: 2, warning: 3, notice: 4 };
        // Never milder than without a past, and held at most a tenth longer.
        if (fresh)
          expect(TIERS.indexOf(tier ?? 'notice')).toBeGreaterThanOrEqual(TIERS.indexOf(fresh));
        if (tier) expect(marginRatePct).toBeLessThan(limits[tier] * 1.1);
      }),
    );
  });

  test('between its threshold and a tenth above it, a tier stays and is not entered', () => {
    const at = (marginRatePct: number) => ({ marginRatePct, distance: 0.1 });
    expect(tierOf(at(3.05), 2, 'warning')).toBe('warning');
    expect(tierOf(at(3.05), 2, 'notice')).toBe('notice');
    expect(tierOf(at(3.31), 2, 'warning')).toBe('notice');
    expect(tierOf(at(4.3), 2, 'critical')).toBe('notice');
    expect(tierOf(at(4.5), 2, 'critical')).toBeNull();
  });

  test('a reached liquidation price is critical at any rate', () => {
    expect(tierOf({ marginRatePct: 9, distance: 0 }, 2, null)).toBe('critical');
  });
});
