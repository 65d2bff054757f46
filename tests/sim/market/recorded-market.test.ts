import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  CandleFileError,
  RecordedMarket,
  readCandleWindow,
} from '../../../src/sim/market/index.ts';
import { startRig } from '../exchange/rig.ts';

const DAY = Date.UTC(2021, 4, 19);
const START = Date.UTC(2026, 0, 5, 12);
const HEADER = 'ts,open,high,low,close,volume';
type Bar = readonly [number, number, number, number, number];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candles-'));
});
afterEach(() => rm(folder, { recursive: true }));

const nameOf = (pair: string, window = '2021-05-19_2021-05-19') => `${pair}_1m_${window}.csv.gz`;

async function write(name: string, bars: readonly Bar[], header = HEADER): Promise<void> {
  const lines = bars.map((bar, i) => [DAY + i * 60_000, ...bar].join(','));
  await writeFile(join(folder, name), gzipSync(`${[header, ...lines].join('\n')}\n`));
}

const rising: Bar = [100, 106, 94, 103, 60];
const falling: Bar = [103, 109, 97, 100, 60];

describe('replaying candles', () => {
  test('a rising bar goes to low, high and close; a falling one the other way', async () => {
    await write(nameOf('ADAUSDT-PERP'), [rising, falling]);
    const market = new RecordedMarket(await readCandleWindow(folder), START, 1_000);
    const path = [market.prices[0]];
    for (let i = 0; i < 120; i += 1) {
      market.step();
      path.push(market.prices[0]);
    }
    const at = [0, 10, 20, 40, 60, 80, 100, 120].map((second) => path[second]);
    expect(at).toEqual([100, 97, 94, 106, 103, 109, 97, 100]);
    expect(market.contracts[0]?.symbol).toBe('tADAF0:USTF0');
    expect(market.recordedAt).toBe(DAY + 120_000);
    expect(market.at).toBe(START + 120_000);
  });

  test.each([1_000, 7_000, 15_000, 60_000])(
    'extremes are met with steps of %i ms',
    async (step) => {
      await write(nameOf('BTCUSDT'), [rising, falling, rising]);
      const market = new RecordedMarket(await readCandleWindow(folder), START, step);
      const seen: number[] = [];
      for (let at = 0; at < 180_000; at += step) {
        market.step();
        seen.push(market.prices[0] ?? 0);
      }
      if (step <= 15_000) expect([Math.min(...seen), Math.max(...seen)]).toEqual([94, 109]);
      expect(seen.at(-1)).toBe(103);
    },
  );

  test('the last price holds after the end, without volume', async () => {
    await write(nameOf('BTCUSDT'), [rising]);
    const market = new RecordedMarket(await readCandleWindow(folder), START, 30_000);
    for (let i = 0; i < 10; i += 1) market.step();
    expect([market.prices[0], market.volumes[0]]).toEqual([103, 0]);
  });

  test('the window with the most coins is used, perpetuals before spot', async () => {
    await write(nameOf('BTCUSDT', '2020-01-01_2020-01-02'), [rising]);
    await write(nameOf('BTCUSDT'), [rising]);
    await write(nameOf('ETHUSDT'), [rising]);
    await write(nameOf('ETHUSDT-PERP'), [falling]);
    await writeFile(join(folder, 'INDEX.md'), '# notes');
    const found = await readCandleWindow(folder);
    expect(found.map(({ base, open }) => [base, open[0]])).toEqual([
      ['BTC', 100],
      ['ETH', 103],
    ]);
  });
});

describe('candle files that cannot be used', () => {
  const reason = async (): Promise<string> => {
    const error: unknown = await readCandleWindow(folder).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CandleFileError);
    return (error as Error).message;
  };

  test('a missing folder and one without candles are named', async () => {
    expect(await reason()).toContain(folder);
    await expect(readCandleWindow(join(folder, 'nowhere'))).rejects.toThrow('nowhere');
  });

  test('a torn file is named', async () => {
    await write(nameOf('BTCUSDT'), [rising, falling]);
    const whole = gzipSync(`${HEADER}\n${DAY},1,1,1,1,1\n`);
    await writeFile(join(folder, nameOf('ETHUSDT')), whole.subarray(0, whole.length - 9));
    expect(await reason()).toContain(nameOf('ETHUSDT'));
  });

  test.each([
    ['a wrong header', [rising], 'time,o,h,l,c,v', 'header'],
    ['no candle', [], HEADER, 'candles'],
    ['a low above the close', [[100, 106, 104, 103, 1] as Bar], HEADER, 'line 2'],
    ['a price of nought', [[0, 1, 0, 1, 1] as Bar], HEADER, 'line 2'],
    ['a missing number', [[100, 106, 94, 103, Number.NaN] as Bar], HEADER, 'line 2'],
  ])('%s is named', async (_, bars, header, said) => {
    await write(nameOf('BTCUSDT'), bars, header);
    const message = await reason();
    expect(message).toContain(nameOf('BTCUSDT'));
    expect(message).toContain(said);
  });

  test('times that do not rise are named', async () => {
    const text = `${HEADER}\n${DAY},1,1,1,1,1\n${DAY},1,1,1,1,1\n`;
    await writeFile(join(folder, nameOf('BTCUSDT')), gzipSync(text));
    expect(await reason()).toContain('line 3');
  });
});

test('the simulator trades what the files hold, with history before it', async () => {
  await write(nameOf('BTCUSDT'), [rising, falling, rising]);
  await write(nameOf('ADAUSDT'), [rising, falling, rising]);
  const rig = await startRig({ candlesDir: folder, positions: 24 });
  try {
    const list = await rig.get('/v2/conf/pub:list:pair:futures');
    expect(list.json).toEqual([['ADAF0:USTF0', 'BTCF0:USTF0']]);
    expect(rig.exchange.world.positions.size).toBe(2);
    await rig.clock.advance(1_000);
    const state = (await rig.get('/sim/state')).json as Record<string, unknown>;
    expect(state).toMatchObject({
      scenario: 'recorded',
      recordedTime: DAY + 60_000,
      marks: { 'tBTCF0:USTF0': 103 },
    });
    const days = await rig.get('/v2/candles/trade:1D:tADAF0:USTF0/hist?limit=11');
    expect(days.json).toHaveLength(11);
  } finally {
    await rig.close();
  }
});
