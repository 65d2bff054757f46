import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  CandleFileError,
  candleWindows,
  readCandleWindow,
  readNamedWindow,
} from '../../../src/sim/market/index.ts';

const HEAD = 'ts,open,high,low,close,volume';
const GOOD = `${HEAD}\n60000,1,2,1,2,5\n120000,2,2,1,1,0\n`;

describe('windows of a folder', () => {
  let folder = '';
  const put = (name: string, text = GOOD) => writeFileSync(join(folder, name), gzipSync(text));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ballast-candles-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('are named by their days, with the interval only where days come twice', async () => {
    put('BTCUSDT_1m_2021-05-17_2021-05-20.csv.gz');
    put('BTCUSDT_1m_2021-04-17_2021-04-19.csv.gz');
    put('BTCUSDT_5m_2021-04-17_2021-04-19.csv.gz');
    expect(await candleWindows(folder)).toEqual([
      '2021-04-17_2021-04-19_1m',
      '2021-04-17_2021-04-19_5m',
      '2021-05-17_2021-05-20',
    ]);
  });

  test('one is read by its name, the perpetual before the spot; others are refused', async () => {
    put('BTCUSDT_1m_2021-05-17_2021-05-20.csv.gz');
    put('BTCUSDT-PERP_1m_2021-05-17_2021-05-20.csv.gz', `${HEAD}\n60000,7,7,7,7,1\n`);
    put('ETHUSDT_1m_2021-05-17_2021-05-20.csv.gz');
    const read = await readNamedWindow(folder, '2021-05-17_2021-05-20');
    expect(read.map(({ base, open }) => [base, open[0]])).toEqual([
      ['BTC', 7],
      ['ETH', 1],
    ]);
    await expect(readNamedWindow(folder, '2020-01-01_2020-01-02')).rejects.toThrow(/2021-05-17/);
    expect(await readCandleWindow(folder)).toHaveLength(2);
  });

  test('a torn file is named', async () => {
    const name = 'BTCUSDT_1m_2021-05-17_2021-05-20.csv.gz';
    writeFileSync(join(folder, name), gzipSync(GOOD).subarray(0, 30));
    const read = readNamedWindow(folder, '2021-05-17_2021-05-20');
    await expect(read).rejects.toThrow(CandleFileError);
    await expect(read).rejects.toThrow(name);
  });

  test('a folder without windows is named', async () => {
    await expect(candleWindows(folder)).rejects.toThrow(folder);
  });
});
