/** Whole sets of settings: shown as differences, applied all or none, undone in one go. */
import { describe, expect, test } from 'vitest';
import { rig } from '../support/engine-rig.ts';

const ANN = { id: '7', name: 'Ann' };
const holdings = [{ base: 'BTC', quantity: 1, entry: 10_000, collateral: 2_000 }];
const start = () => rig({ holdings, available: 100, start: false });

describe('a profile', () => {
  test('brings back every setting it was saved with, in one change and one undo', async () => {
    const { door } = (await start()).engine;
    await door.saveProfile('calm', ANN);
    await door.changeSetting('thresholds.emergency_margin_rate', 4, ANN);
    await door.changeSetting('risk_weights.tBTCF0:USTF0', 2, ANN);
    const proposal = door.proposeProfile('calm');
    if (proposal.kind !== 'proposal') throw new Error('expected a proposal');
    expect(proposal.differences).toEqual([
      { key: 'risk_weights.tBTCF0:USTF0', before: 2, after: undefined },
      { key: 'thresholds.emergency_margin_rate', before: 4, after: 2 },
    ]);
    const applied = await door.applySettings(proposal.id, ANN);
    expect(door.settings().effective.thresholds.emergency_margin_rate).toBe(2);
    expect(door.settings().effective.risk_weights).toEqual({});
    if (applied.kind !== 'changed_many') throw new Error('expected several changes');
    await door.undoSetting(applied.changeId, ANN);
    expect(door.settings().effective.thresholds.emergency_margin_rate).toBe(4);
    expect(door.settings().effective.risk_weights).toEqual({ 'tBTCF0:USTF0': 2 });
  });

  test('survives a restart', async () => {
    const first = await start();
    await first.engine.door.saveProfile('event-day', ANN);
    const second = await rig({ holdings, available: 100, start: false, after: first });
    expect(second.engine.door.profiles()).toMatchObject([{ name: 'event-day', by: ANN }]);
  });

  test('of an unknown name, and a name nobody could type, are answered in words', async () => {
    const { door } = (await start()).engine;
    expect(door.proposeProfile('nope')).toEqual({ kind: 'unknown_profile' });
    await expect(door.saveProfile('a b', ANN)).rejects.toThrow('letters');
  });
});

describe('a document of settings', () => {
  test('with one wrong value changes nothing at all', async () => {
    const { door } = (await start()).engine;
    const proposal = door.proposeSettings({
      thresholds: { min_adjustment_usdt: 75, emergency_margin_rate: -1 },
    });
    expect(proposal).toMatchObject({ kind: 'invalid', key: 'thresholds.emergency_margin_rate' });
    expect(door.settings().overrides).toEqual([]);
  });

  test('keeps what it does not name, and runs once', async () => {
    const { door } = (await start()).engine;
    const proposal = door.proposeSettings({ thresholds: { min_adjustment_usdt: 75 } });
    if (proposal.kind !== 'proposal') throw new Error('expected a proposal');
    expect(proposal.differences).toHaveLength(1);
    expect(await door.applySettings(proposal.id, ANN)).toMatchObject({ kind: 'changed' });
    expect(await door.applySettings(proposal.id, ANN)).toEqual({ kind: 'gone' });
  });

  test.each([null, 7, 'x', [], { nowhere: {} }, { ['__proto__']: 1, thresholds: 5 }])(
    'of another form is refused: %j',
    async (document) => {
      const { door } = (await start()).engine;
      const kinds = ['invalid', 'proposal'];
      const proposal = door.proposeSettings(document);
      expect(kinds).toContain(proposal.kind);
      if (proposal.kind === 'proposal') expect(proposal.differences).toEqual([]);
    },
  );
});

describe('account samples', () => {
  test('come back as charts want them', async () => {
    const made = await rig({ holdings, available: 100 });
    await made.clock.advance(120_000);
    const samples = await made.engine.door.samples(0, made.clock.now(), 100);
    expect(samples.at(-1)).toMatchObject({
      equityUsd: 2_100,
      accountRatePct: 21,
      positions: [{ symbol: 'tBTCF0:USTF0', markPrice: 10_000 }],
    });
  });
});
