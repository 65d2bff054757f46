import { beforeEach, expect, test } from 'vitest';
import { type ChartSpec, chartSpecSchema } from '../../src/charts/spec.ts';
import { fillWorld } from './full-world.ts';
import { PNG } from './outbox/rig.ts';
import { calm, checkAndStop, type Rig, startRig } from './rig.ts';

let rig: Rig;
let drawn: ChartSpec[];

beforeEach(async () => {
  drawn = [];
  const render = async (spec: ChartSpec) => {
    drawn.push(chartSpecSchema.parse(spec));
    return PNG;
  };
  rig = await startRig({ charts: { render } });
  fillWorld(rig);
});

const pictures = () => rig.core.messages('otto').filter(({ photo }) => photo !== undefined);

test('a picture comes with a caption and buttons that draw another in its place', async () => {
  await rig.say('otto', '/chart');
  expect(pictures()).toHaveLength(1);
  expect(pictures()[0]?.caption).toContain('Margin rates · 24 h');
  expect(drawn[0]).toMatchObject({ kind: 'margin', theme: 'dark', emergencyRatePct: 2 });
  expect(rig.buttons('otto')).toEqual([
    ...['• Rates', 'Equity', 'Collateral'],
    ...['• 24 h', '7 d', '☀️', '🔄 Refresh'],
  ]);
  await rig.tap('otto', '7 d');
  await rig.tap('otto', '☀️');
  await rig.tap('otto', 'Collateral');
  expect(drawn.at(-1)).toMatchObject({ kind: 'collateral', theme: 'light' });
  expect(pictures()).toHaveLength(1);
  expect(pictures()[0]?.caption).toContain('Collateral by position · 7 d');
  await checkAndStop(rig);
});

test('the price of a position, from its command and from its button', async () => {
  await rig.say('otto', '/chart price btcusdt 7d');
  expect(drawn[0]).toMatchObject({
    kind: 'price',
    entryPrice: 58_000,
    prices: [60_000, 60_000, 60_000],
  });
  expect(pictures()[0]?.caption).toContain('BTC · 7 d');
  await rig.say('otto', '/positions BTC');
  await rig.tap('otto', '📈 Chart');
  expect(pictures()).toHaveLength(2);
  expect(drawn[1]).toMatchObject({ kind: 'price' });
  await checkAndStop(rig);
});

test('too little on record, and a painter that fails, are said in words', async () => {
  rig.door.sampleList = rig.door.sampleList.slice(0, 1);
  await rig.say('otto', '/chart equity');
  expect(rig.last('otto')).toContain('not enough on record');
  await checkAndStop(rig);
  rig = await startRig({
    charts: {
      render: async () => {
        throw new Error('no canvas');
      },
    },
  });
  fillWorld(rig);
  await rig.say('otto', '/chart equity');
  expect(rig.last('otto')).toContain('could not be drawn');
  await rig.say('otto', '/report');
  expect(rig.last('otto')).toContain('Jan 5, 2026');
  await checkAndStop(rig);
});

test('a report carries the picture of its day', async () => {
  await rig.say('otto', '/report');
  expect(pictures()).toHaveLength(1);
  expect(pictures()[0]?.caption).toContain('Jan 5, 2026');
  expect(drawn[0]).toMatchObject({ kind: 'equity', fromAt: Date.UTC(2026, 0, 5, 10) });
  await checkAndStop(rig);
});

test('the daily report comes with the picture of its day, unasked', async () => {
  rig.door.tell({ type: 'daily', at: rig.clock.now(), statistics: rig.door.dailyStatistics() });
  await calm(rig);
  expect(pictures()).toHaveLength(1);
  expect(pictures()[0]?.caption).toContain('Jan 5, 2026');
  expect(drawn[0]).toMatchObject({ kind: 'equity' });
  await checkAndStop(rig);
});
