import { expect, test } from 'vitest';
import { confirmed, rejected } from '../../src/core/outcome.ts';
import { settle } from '../support/manual-clock.ts';
import { move, symbolOf, usd } from './fake-door.ts';
import { checkAndStop, startRig } from './rig.ts';

const MOVES = [move('ETH', 900, 500), move('BTC', 1234, 1634)];

test('a plan shows from, to and what stays free; Run runs it and the message reports', async () => {
  const rig = await startRig();
  const { id } = rig.door.offer(MOVES);
  rig.door.runAnswer = async () => ({
    kind: 'ran',
    dryRun: false,
    adjustments: [
      { ...(MOVES[0] as (typeof MOVES)[0]), outcome: confirmed() },
      { ...(MOVES[1] as (typeof MOVES)[0]), outcome: rejected('10001', 'limit <exceeded>') },
    ],
  });
  await rig.say('otto', '/rebalance');
  expect(rig.last('otto')).toMatch(/ETH\s+900→ {2}500\s+2\.10→2\.55%/);
  expect(rig.last('otto')).toContain('Free balance: 12,345 → 11,000');
  expect(rig.buttons('otto')).toEqual(['▶️ Run', 'Cancel']);
  await rig.tap('otto', '▶️ Run');
  expect(rig.door.acts).toEqual([`run ${id} by Otto`]);
  expect(rig.last('otto')).toContain('Rebalanced: 1 of 2 moves done');
  expect(rig.last('otto')).toContain('BTC: refused by the exchange – “limit <exceeded>”');
  expect(rig.texts('otto')).toHaveLength(1);
  expect(rig.buttons('otto')).toEqual([]);
  await checkAndStop(rig);
});

test('a second tap of the same moment is told who was first, and the plan runs once', async () => {
  const rig = await startRig();
  rig.door.offer(MOVES);
  rig.door.runAnswer = () => new Promise(() => undefined);
  await rig.say('otto', '/rebalance');
  rig.core.tapLabel('otto', '▶️ Run');
  rig.core.tapLabel('otto', '▶️ Run');
  await settle();
  expect(rig.door.acts).toHaveLength(1);
  expect(rig.toast()).toContain('Already decided by Otto');
  expect(rig.last('otto')).toContain('Running, started by Otto');
  await checkAndStop(rig);
});

test('no handler waits for the exchange: other commands are answered meanwhile', async () => {
  const rig = await startRig();
  rig.door.offer(MOVES);
  let finish = () => {};
  rig.door.runAnswer = () =>
    new Promise((resolve) => {
      finish = () => resolve({ kind: 'ran', dryRun: true, adjustments: [] });
    });
  await rig.say('otto', '/rebalance');
  await rig.tap('otto', '▶️ Run');
  await rig.say('otto', '/status');
  expect(rig.last('otto')).toContain('Next check in');
  finish();
  await settle();
  expect(rig.texts('otto')[0]).toContain('Dry run: 0 of 0');
  await checkAndStop(rig);
});

test('Cancel keeps the plan readable, says who cancelled, and spends Run as well', async () => {
  const rig = await startRig();
  rig.door.offer(MOVES);
  await rig.say('otto', '/rebalance');
  const run = rig.core.everyButton().find(({ text }) => text.includes('Run'));
  await rig.tap('otto', 'Cancel');
  expect(rig.last('otto')).toContain('Cancelled by Otto at 12:00:00 UTC');
  rig.core.tap('otto', run?.messageId ?? 0, run?.data ?? '');
  await settle();
  expect(rig.toast()).toContain('Already decided');
  expect(rig.door.acts).toEqual([]);
  await checkAndStop(rig);
});

test('when the market moved, nothing is done and the new plan gets new buttons', async () => {
  const rig = await startRig();
  const { id } = rig.door.offer(MOVES);
  await rig.say('otto', '/rebalance');
  const fresh = rig.door.offer([move('SOL', 10, 99)]);
  const differences = [
    { symbol: null, shownUsd: usd(800), freshUsd: usd(950) },
    { symbol: symbolOf('ETH'), shownUsd: usd(-400), freshUsd: usd(120) },
    ...Array.from({ length: 6 }, (_, i) => ({
      ...{ symbol: symbolOf(`C${i}`), shownUsd: usd(0), freshUsd: usd(60 + i) },
    })),
  ];
  rig.door.runAnswer = async () => ({ kind: 'changed', preview: fresh, differences });
  await rig.tap('otto', '▶️ Run');
  expect(rig.last('otto')).toContain('changed too much since: nothing was done');
  expect(rig.last('otto')).toContain('• ETH: -400.00 → +120.00 USD');
  expect(rig.last('otto')).toContain('• All moves together: 800.00 → 950.00 USD');
  expect(rig.last('otto')).toContain('• and 3 more');
  expect(rig.last('otto')).toContain('SOL');
  rig.door.runAnswer = async () => ({ kind: 'ran', dryRun: false, adjustments: [] });
  await rig.tap('otto', '▶️ Run');
  expect(rig.door.acts).toEqual([`run ${id} by Otto`, `run ${fresh.id} by Otto`]);
  await checkAndStop(rig);
});

test('an undecided plan expires on its own and offers a new one', async () => {
  const rig = await startRig();
  rig.door.offer(MOVES);
  await rig.say('otto', '/rebalance');
  await rig.clock.advance(121_000);
  expect(rig.last('otto')).toContain('Expired without a decision');
  expect(rig.buttons('otto')).toEqual(['New plan']);
  rig.door.offer([move('SOL', 10, 99)]);
  await rig.tap('otto', 'New plan');
  expect(rig.last('otto')).toContain('SOL');
  expect(rig.texts('otto')).toHaveLength(1);
  await checkAndStop(rig);
});

test('a press after the deadline is refused in words', async () => {
  const rig = await startRig();
  rig.door.offer(MOVES);
  await rig.say('otto', '/rebalance');
  const run = rig.core.everyButton().find(({ text }) => text.includes('Run'));
  await rig.clock.advance(121_000);
  rig.core.tap('otto', run?.messageId ?? 0, run?.data ?? '');
  await settle();
  expect(rig.toast()).toContain('Expired: nothing was done');
  expect(rig.door.acts).toEqual([]);
  await checkAndStop(rig);
});

test('a failure while running is said in the message and logged', async () => {
  const rig = await startRig();
  rig.door.offer(MOVES);
  rig.door.runAnswer = () => Promise.reject(new Error('disk full'));
  await rig.say('otto', '/rebalance');
  await rig.tap('otto', '▶️ Run');
  expect(rig.last('otto')).toContain('Something went wrong');
  expect(rig.log.some((line) => line.includes('disk full'))).toBe(true);
  await checkAndStop(rig);
});

test('nothing to move and nothing to plan from are said plainly', async () => {
  const rig = await startRig();
  rig.door.offer([]);
  await rig.say('otto', '/rebalance');
  expect(rig.last('otto')).toContain('Nothing to do. 3 positions are off target');
  rig.door.preview = { kind: 'unavailable', reason: 'stale_marks' };
  await rig.say('otto', '/rebalance');
  expect(rig.last('otto')).toContain('too old to decide on');
  await checkAndStop(rig);
});

test('a plan of 200 moves is paged, and its buttons are below the last page', async () => {
  const rig = await startRig();
  const many = Array.from({ length: 200 }, (_, i) => move(`COIN${i}`, 1000 + i, 2000 + i));
  rig.door.offer(many);
  await rig.say('otto', '/rebalance');
  const texts = rig.texts('otto');
  expect(texts.length).toBeGreaterThan(1);
  for (const { symbol } of many) {
    const name = symbol.slice(1, symbol.indexOf('F0'));
    expect(texts.some((text) => new RegExp(`\\b${name}\\b`).test(text))).toBe(true);
  }
  expect(rig.buttons('otto')).toEqual(['▶️ Run', 'Cancel']);
  await checkAndStop(rig);
});
