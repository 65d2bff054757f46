/** Changes of settings that meet on a slow disk: none of them takes another out of effect. */
import { beforeEach, describe, expect, test } from 'vitest';
import { SettingsDesk } from '../../src/engine/settings-desk.ts';
import { balancerSettingsSchema } from '../../src/systems/balancer/index.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';
import { MemoryJournal } from '../support/memory-journal.ts';

const ANN = { id: '7', name: 'Ann' };
const BOB = { id: '8', name: 'Bob' };
const DRY_RUN = 'liquidation.dry_run';
const ASK = 'liquidation.require_confirmation';
const SMALLEST = 'thresholds.min_adjustment_usdt';
const file = balancerSettingsSchema.parse({
  liquidation: { dry_run: false, require_confirmation: false },
});

let journal: MemoryJournal;
let desk: SettingsDesk;
let told: unknown[];
let release: () => void;

beforeEach(() => {
  const clock = new ManualClock();
  journal = new MemoryJournal(clock);
  told = [];
  desk = new SettingsDesk({
    ...{ file, overrides: new Map(), journal, clock, random: Math.random },
    onChange: ({ key, before, after, settings }) => {
      told.push([key, before, after, settings.liquidation.dry_run]);
    },
  });
  journal.held = new Promise((resolve) => {
    release = resolve;
  });
});

describe('two changes within one write to disk', () => {
  test('are both in force, and whoever listens last hears of both', async () => {
    const cautious = [
      { key: DRY_RUN, value: true },
      { key: ASK, value: true },
    ];
    const both = Promise.all([desk.changeMany(cautious, ANN), desk.change(SMALLEST, 60, BOB)]);
    await settle();
    release();
    expect((await both).map(({ kind }) => kind)).toEqual(['changed_many', 'changed']);
    expect(desk.effective.liquidation).toMatchObject({ dry_run: true, require_confirmation: true });
    expect(desk.effective.thresholds.min_adjustment_usdt).toBe(60);
    expect(told.at(-1)).toEqual([SMALLEST, 50, 60, true]);
  });

  test('of one key: the later one counts, and its undo brings back the earlier one', async () => {
    const both = Promise.all([desk.change(SMALLEST, 60, ANN), desk.change(SMALLEST, 70, BOB)]);
    await settle();
    release();
    const [, later] = await both;
    expect(later).toMatchObject({ kind: 'changed', before: 60, after: 70 });
    expect(journal.records.at(-1)?.body).toMatchObject({ changes: [{ before: 60, after: 70 }] });
    if (later?.kind === 'changed') await desk.undo(later.changeId, BOB);
    expect(desk.effective.thresholds.min_adjustment_usdt).toBe(60);
  });

  test('an undo beside a change takes back its own values only, and runs once', async () => {
    release();
    const first = await desk.change(SMALLEST, 60, ANN);
    if (first.kind !== 'changed') throw new Error('expected a change');
    journal.held = new Promise((resolve) => {
      release = resolve;
    });
    const all = Promise.all([
      desk.change(DRY_RUN, true, BOB),
      desk.undo(first.changeId, ANN),
      desk.undo(first.changeId, ANN),
    ]);
    await settle();
    release();
    expect((await all).map(({ kind }) => kind)).toEqual(['changed', 'changed', 'gone']);
    expect(desk.effective.liquidation.dry_run).toBe(true);
    expect(desk.effective.thresholds.min_adjustment_usdt).toBe(50);
  });
});

test('a change that could not be written down holds up none after it', async () => {
  release();
  journal.failure = new Error('disk full');
  const failed = desk.change(SMALLEST, 60, ANN);
  await expect(failed).rejects.toThrow('disk full');
  journal.failure = null;
  expect((await desk.change(DRY_RUN, true, BOB)).kind).toBe('changed');
  expect(desk.effective.thresholds.min_adjustment_usdt).toBe(50);
});

test('an undo that could not be written down may be tried again', async () => {
  release();
  const done = await desk.change(SMALLEST, 60, ANN);
  if (done.kind !== 'changed') throw new Error('expected a change');
  journal.failure = new Error('disk full');
  await expect(desk.undo(done.changeId, ANN)).rejects.toThrow('disk full');
  journal.failure = null;
  expect(await desk.undo(done.changeId, ANN)).toMatchObject({ before: 60, after: 50 });
});
