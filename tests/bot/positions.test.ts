import { expect, test } from 'vitest';
import { position } from './fake-door.ts';
import { checkAndStop, startRig } from './rig.ts';

const BASES = Array.from({ length: 24 }, (_, i) => `C${String.fromCharCode(65 + i)}`);

async function withPositions() {
  const rig = await startRig();
  rig.door.positionList = BASES.map((base, i) =>
    position(base, { marginRatePct: 1.5 + i, distance: 0.01 * (i + 1) }),
  );
  return rig;
}

test('positions are listed worst first, in pages turned by buttons', async () => {
  const rig = await withPositions();
  await rig.say('olivia', '/positions');
  expect(rig.last('olivia')).toContain('Positions 1–12 of 24');
  expect(rig.last('olivia')).toContain('🔴! 1  🟠~ 2  🟢 21');
  const [first, second] = ['CA', 'CB'].map((base) => rig.last('olivia').indexOf(base));
  expect(first).toBeLessThan(second ?? 0);
  expect(rig.buttons('olivia')).toEqual(['◀', '1/2 🔄', '▶', '🏠']);
  await rig.tap('olivia', '▶');
  expect(rig.texts('olivia')).toHaveLength(1);
  expect(rig.last('olivia')).toContain('Positions 13–24 of 24');
  expect(rig.last('olivia')).not.toContain('CA');
  await rig.tap('olivia', '▶');
  expect(rig.last('olivia')).toContain('Positions 1–12 of 24');
  await checkAndStop(rig);
});

test('while pages are turned nothing changes places; refresh sorts again', async () => {
  const rig = await withPositions();
  await rig.say('olivia', '/positions');
  // The last of all becomes the worst, and a new one is worse still.
  const [last] = rig.door.positionList.slice(-1);
  rig.door.positionList = [position('NEW'), ...(last ? [last] : []), ...rig.door.positionList];
  rig.door.positionList = rig.door.positionList.slice(0, -1);
  await rig.tap('olivia', '▶');
  const rows = rig.last('olivia').match(/^\w+~? L/gm) ?? [];
  expect(rows.map((row) => row.slice(0, 2))).toEqual(BASES.slice(12));
  expect(rig.last('olivia')).toContain('Positions 13–24 of 25');
  await rig.tap('olivia', '▶');
  expect(rig.last('olivia')).toContain('NEW');
  await rig.tap('olivia', '3/3 🔄');
  await rig.tap('olivia', '▶');
  expect(rig.last('olivia')).toMatch(/NEW +L .*\nCX +L .*\nCA!/);
  await checkAndStop(rig);
});

test('refresh shows what has changed since, and an unchanged page is no error', async () => {
  const rig = await withPositions();
  rig.door.positionList = rig.door.positionList.slice(0, 3);
  await rig.say('olivia', '/positions');
  await rig.tap('olivia', '🔄 Refresh');
  rig.door.positionList = [position('NEW'), ...rig.door.positionList];
  await rig.tap('olivia', '🔄 Refresh');
  expect(rig.last('olivia')).toContain('NEW');
  expect(rig.bot.health().outbox.lost).toBe(0);
  await checkAndStop(rig, [400]);
});

test('rows stay within a phone: 34 columns', async () => {
  const rig = await withPositions();
  rig.door.positionList = rig.door.positionList.map((view, i) => ({
    ...view,
    collateralUsd: view.collateralUsd.times(i * 7),
  }));
  await rig.say('olivia', '/positions');
  const rows = rig
    .last('olivia')
    .split('\n')
    .filter((line) => line.includes('→'));
  expect(rows).toHaveLength(12);
  for (const row of rows) expect(row.length).toBeLessThanOrEqual(34);
  await checkAndStop(rig);
});

test('one position is shown in full, by its short name in any case', async () => {
  const rig = await withPositions();
  await rig.say('olivia', '/positions cb');
  expect(rig.last('olivia')).toContain('CB long');
  expect(rig.last('olivia')).toMatch(/Liquidation\s+91\.4/);
  await rig.tap('olivia', '🔄 Refresh');
  await rig.tap('olivia', 'Positions');
  expect(rig.last('olivia')).toContain('Positions 1–12 of 24');
  await checkAndStop(rig, [400]);
});

test('an unknown symbol is answered with the nearest one', async () => {
  const rig = await withPositions();
  rig.door.positionList = [position('DOGE'), position('BTC')];
  await rig.say('olivia', '/positions dgoe');
  expect(rig.last('olivia')).toContain('Did you mean /positions DOGE?');
  await rig.say('olivia', '/why dgoe');
  expect(rig.last('olivia')).toContain('Did you mean /why DOGE?');
  await rig.say('olivia', '/positions <b>x');
  expect(rig.last('olivia')).toContain('There is no position in <b>x');
  await rig.say('olivia', '/positions BTC ETH');
  expect(rig.last('olivia')).toContain('/positions [SYMBOL]');
  await checkAndStop(rig);
});

test('without positions it says so', async () => {
  const rig = await startRig();
  await rig.say('vera', '/positions');
  expect(rig.last('vera')).toContain('No open positions.');
  await checkAndStop(rig);
});
