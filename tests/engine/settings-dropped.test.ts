/** Saved changes of settings that no longer fit, and keys that are no settings. */
import { describe, expect, test } from 'vitest';
import { rig } from '../support/engine-rig.ts';

const ANN = { id: '7', name: 'Ann' };
const holdings = [
  { base: 'BTC', quantity: 1, entry: 10_000, collateral: 300 },
  { base: 'ETH', quantity: 10, entry: 1_000, collateral: 3_000 },
];

/** An engine that stopped, with such changes in its journal. */
async function stopped(changes: readonly (readonly [string, unknown])[]) {
  const made = await rig({ holdings, available: 500, start: false });
  for (const [i, [key, after]] of changes.entries()) {
    const change = { key, before: null, after, overrides: true };
    await made.journal.append({
      type: 'settings',
      body: { changeId: String(i), changes: [change], by: ANN },
    });
  }
  return made;
}

describe('saved changes that no longer fit', () => {
  test('are dropped alone, wherever they stand among the others', async () => {
    const before = await stopped([
      ['thresholds.min_adjustment_usdt', 70],
      ['thresholds.min_deviation_pct', 500],
      ['risk_weights.tBTCF0:USTF0', 2],
      ['gone.long_ago', 1],
      ['monitor.subscription', 'all'],
      ['position_priority.BTC', 5],
    ]);
    const { engine, told } = await rig({ holdings, available: 500, after: before });
    const { effective, overrides } = engine.door.settings();
    expect(effective.thresholds).toMatchObject({ min_adjustment_usdt: 70, min_deviation_pct: 5 });
    expect(effective.risk_weights).toEqual({ 'tBTCF0:USTF0': 2 });
    expect(effective.monitor.subscription).toBe('all');
    expect(overrides.map(({ key }) => key)).not.toContain('gone.long_ago');
    expect(told('setting_dropped')).toMatchObject([
      {
        settings: [
          { key: 'thresholds.min_deviation_pct', value: '500' },
          { key: 'gone.long_ago', value: '1' },
          { key: 'position_priority.BTC', value: '5' },
        ],
      },
    ]);
  });

  test('start the engine in dry run, until a person ends it, also over a restart', async () => {
    const before = await stopped([['thresholds.min_deviation_pct', 500]]);
    const second = await rig({ holdings, available: 500, after: before });
    await second.clock.advance(180_000);
    expect(second.engine.door.status().dryRun).toBe(true);
    expect(second.venue.writes).toEqual([]);
    const third = await rig({ holdings, available: 500, after: second });
    expect(third.engine.door.status().dryRun).toBe(true);
    expect(third.told('setting_dropped')).toEqual([]);
    await third.engine.door.setDryRun(false, ANN);
    const fourth = await rig({ holdings, available: 500, after: third });
    expect(fourth.engine.door.status().dryRun).toBe(false);
  });

  test('leave the engine in dry run even where that cannot be written down', async () => {
    const before = await stopped([['thresholds.min_deviation_pct', 500]]);
    const next = await rig({ holdings, available: 500, after: before, start: false });
    next.journal.failure = new Error('disk full');
    await expect(next.engine.start()).rejects.toThrow('disk full');
    expect(next.engine.door.status().dryRun).toBe(true);
  });

  test('change nothing where there are none', async () => {
    const before = await stopped([['thresholds.min_adjustment_usdt', 70]]);
    const next = await rig({ holdings, available: 500, after: before });
    expect(next.told('setting_dropped')).toEqual([]);
    expect(next.engine.door.status().dryRun).toBe(false);
  });
});

describe('what is no setting is refused and not written down', () => {
  test.each([
    '__proto__',
    '__proto__.polluted',
    'constructor.prototype',
    'prototype.x',
    'risk_weights.__proto__',
    'risk_weights.constructor',
    'position_priority.prototype',
    'thresholds.__proto__',
    'thresholds.toString',
    'thresholds.unknown',
    'unknown.key',
    'thresholds',
    'risk_weights',
    '',
    '.',
  ])('%j', async (key) => {
    const { engine, journal } = await rig({ holdings, available: 500 });
    const settings = JSON.stringify(engine.door.settings().effective);
    for (const value of [1, { polluted: true }, true, undefined]) {
      expect((await engine.door.changeSetting(key, value, ANN)).kind).toBe('invalid');
    }
    expect(JSON.stringify(engine.door.settings().effective)).toBe(settings);
    expect(Object.prototype).not.toHaveProperty('polluted');
    expect(journal.types()).not.toContain('settings');
  });
});
