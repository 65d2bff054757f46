/** Measured weights outlive the process: restarts in a row must not ask for all candles again. */
import { expect, test } from 'vitest';
import { Decimal } from '../../src/core/decimal.ts';
import type { Candle } from '../../src/core/position.ts';
import type { PerpSymbol } from '../../src/core/symbol.ts';
import { type Rig, rig } from '../support/engine-rig.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const holdings = [
  { base: 'BTC', quantity: 1, entry: 10_000, collateral: 1_000 },
  { base: 'ETH', quantity: 10, entry: 1_000, collateral: 1_000 },
];

/** ETH moves twice as much as BTC; the symbols asked for are counted. */
function withCandles(made: Rig): PerpSymbol[] {
  const asked: PerpSymbol[] = [];
  made.venue.candles = (symbol, days): readonly Candle[] => {
    asked.push(symbol);
    const swing = symbol.includes('ETH') ? 0.04 : 0.02;
    return Array.from({ length: days }, (_, day) => {
      const close = new Decimal(100 * (1 + (day % 2) * swing));
      const volume = new Decimal(1);
      return { at: day, open: close, high: close, low: close, close, volume };
    });
  };
  return asked;
}

async function start(): Promise<{ readonly made: Rig; readonly asked: PerpSymbol[] }> {
  const made = await rig({ holdings, available: 0, start: false });
  const asked = withCandles(made);
  await made.engine.start();
  await made.clock.advance(1);
  return { made, asked };
}

const weightOfEth = ({ engine }: Rig): number | undefined =>
  engine.door.positions().find(({ symbol }) => symbol.includes('ETH'))?.weight;

test('a first run measures at once and writes down what it found, once', async () => {
  const { made, asked } = await start();
  expect(asked).toHaveLength(3);
  expect(weightOfEth(made)).toBeCloseTo(2, 0);
  await made.clock.advance(3 * HOUR_MS);
  expect(asked.length).toBeGreaterThan(3);
  expect(made.journal.types().filter((type) => type === 'weights')).toHaveLength(1);
});

test('the next run goes on with the weights of the last and asks when they are old', async () => {
  const { made, asked } = await start();
  const weight = weightOfEth(made);
  asked.length = 0;
  await made.engine.stop('test');
  const again = await rig({ holdings, available: 0, after: made });
  expect(weightOfEth(again)).toBe(weight);
  await again.clock.advance(10 * MINUTE_MS);
  expect(asked).toEqual([]);
  await again.clock.advance(HOUR_MS);
  expect(asked).toHaveLength(3);
});

test('old weights are measured anew once the last run cannot have used up the limit', async () => {
  const { made, asked } = await start();
  await made.engine.stop('test');
  await made.clock.advance(2 * HOUR_MS);
  asked.length = 0;
  const again = await rig({ holdings, available: 0, after: made });
  await again.clock.advance(MINUTE_MS);
  expect(asked).toEqual([]);
  await again.clock.advance(MINUTE_MS);
  expect(asked).toHaveLength(3);
});

test('so does a run that follows one which ended before it had measured', async () => {
  const made = await rig({ holdings, available: 0, start: false });
  const asked = withCandles(made);
  await made.journal.append({ type: 'started', body: { version: 'test' } });
  const again = await rig({ holdings, available: 0, after: made });
  await again.clock.advance(MINUTE_MS);
  expect(asked).toEqual([]);
  await again.clock.advance(MINUTE_MS);
  expect(asked).toHaveLength(3);
});
