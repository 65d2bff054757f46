/**
 * Reads recorded candles: `PAIR_INTERVAL_FROM_TO.csv.gz` with the header
 * `ts,open,high,low,close,volume`, `ts` being the start of the bar in ms UTC.
 *
 * A folder may hold several windows; the one with the most coins is used, the earliest among
 * equals.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { BallastError, messageOf } from '../../core/errors.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../core/time.ts';

/** A folder or a file that cannot be used; the message names it. */
export class CandleFileError extends BallastError {}

export interface RecordedCandles {
  readonly base: string;
  readonly intervalMs: number;
  /** Bars in order of time; columns of the same length. */
  readonly at: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

const HEADER = 'ts,open,high,low,close,volume';
const DAY = '(\\d{4}-\\d{2}-\\d{2})';
const NAME = new RegExp(
  `^([A-Z0-9]+?)(?:USDT|USDC|USD)(-PERP)?_(\\d{1,2}[mhD])_${DAY}_${DAY}\\.csv\\.gz$`,
);
const UNITS: Readonly<Record<string, number>> = { m: MINUTE_MS, h: HOUR_MS, D: DAY_MS };
const FILE_BYTES_MAX = 256 * 1024 * 1024;
const ROWS_MAX = 5_000_000;
const unzip = promisify(gunzip);

interface CandleFile {
  readonly name: string;
  readonly base: string;
  readonly isPerpetual: boolean;
  readonly intervalMs: number;
  readonly window: string;
}

/** @throws CandleFileError naming the folder or the file, what was expected and what it was. */
export async function readCandleWindow(folder: string): Promise<RecordedCandles[]> {
  const [fullest] = ranked(await windowsIn(folder));
  return Promise.all((fullest?.[1] ?? []).map((file) => readCandleFile(folder, file)));
}

/**
 * The names of all windows of a folder, in order of time: `2021-05-17_2021-05-20`, with the
 * interval behind it where the folder holds the same days in several (`…_5m`).
 * @throws CandleFileError as `readCandleWindow` does.
 */
export async function candleWindows(folder: string): Promise<string[]> {
  return [...(await windowsIn(folder)).keys()].sort();
}

/** One window of `candleWindows`. @throws CandleFileError as `readCandleWindow` does. */
export async function readNamedWindow(folder: string, name: string): Promise<RecordedCandles[]> {
  const windows = await windowsIn(folder);
  const files = windows.get(name);
  if (!files) {
    const known = [...windows.keys()].sort().join(', ');
    throw new CandleFileError(`expected one of the windows ${known} in ${folder}, was ${name}`);
  }
  return Promise.all(files.map((file) => readCandleFile(folder, file)));
}

function parseName(name: string): CandleFile | undefined {
  const [, base, perpetual, interval, from, to] = NAME.exec(name) ?? [];
  if (base === undefined || interval === undefined) return undefined;
  const intervalMs = Number(interval.slice(0, -1)) * (UNITS[interval.slice(-1)] ?? 0);
  if (intervalMs <= 0) return undefined;
  const window = `${from}_${to}_${interval}`;
  return { name, base, isPerpetual: perpetual !== undefined, intervalMs, window };
}

type Windows = ReadonlyMap<string, readonly CandleFile[]>;

/** Of a coin's spot and perpetual, the perpetual counts. */
async function windowsIn(folder: string): Promise<Windows> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw new CandleFileError(`expected a folder of candles, was ${folder}: ${messageOf(error)}`);
  });
  const files = names.map(parseName).filter((file) => file !== undefined);
  if (files.length === 0) {
    throw new CandleFileError(
      `expected files like BTCUSDT_1m_2021-05-17_2021-05-20.csv.gz in ${folder}, found none`,
    );
  }
  const windows = new Map<string, Map<string, CandleFile>>();
  for (const file of files) {
    const coins = windows.get(file.window) ?? new Map<string, CandleFile>();
    windows.set(file.window, coins);
    if (file.isPerpetual || !coins.has(file.base)) coins.set(file.base, file);
  }
  return new Map([...windows].map(([name, coins]) => [nameIn(windows, name), inOrder(coins)]));
}

/** The interval is part of the name only where it is needed to tell two windows apart. */
function nameIn(windows: ReadonlyMap<string, unknown>, name: string): string {
  const days = name.slice(0, name.lastIndexOf('_'));
  const sameDays = [...windows.keys()].filter((other) => other.startsWith(`${days}_`));
  return sameDays.length > 1 ? name : days;
}

function inOrder(coins: ReadonlyMap<string, CandleFile>): CandleFile[] {
  return [...coins.values()].sort((a, b) => (a.base < b.base ? -1 : 1));
}

function ranked(windows: Windows): [string, readonly CandleFile[]][] {
  return [...windows].sort(([a, filesA], [b, filesB]) => {
    return filesB.length - filesA.length || (a < b ? -1 : 1);
  });
}

async function readCandleFile(folder: string, file: CandleFile): Promise<RecordedCandles> {
  const path = join(folder, file.name);
  try {
    const bytes = await unzip(await readFile(path), { maxOutputLength: FILE_BYTES_MAX });
    return { base: file.base, intervalMs: file.intervalMs, ...parseCandles(bytes.toString()) };
  } catch (error) {
    throw new CandleFileError(`cannot use candle file ${path}: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

type Columns = Omit<RecordedCandles, 'base' | 'intervalMs'>;

function parseCandles(text: string): Columns {
  const lines = text.split('\n');
  const header = lines[0]?.trim();
  if (header !== HEADER) {
    throw new CandleFileError(`expected the header ${HEADER}, was ${header?.slice(0, 60)}`);
  }
  if (lines.at(-1) === '') lines.pop();
  const rows = lines.length - 1;
  if (rows < 1 || rows > ROWS_MAX) {
    throw new CandleFileError(`expected 1 to ${ROWS_MAX} candles, was ${rows}`);
  }
  const column = (): Float64Array => new Float64Array(rows);
  const columns = {
    at: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  };
  for (let row = 0; row < rows; row += 1) fillRow(columns, row, lines[row + 1] ?? '');
  return columns;
}

function fillRow(columns: Columns, row: number, line: string): void {
  const where = `line ${row + 2}`;
  const cells = line.trim().split(',');
  const [at = Number.NaN, open = 0, high = 0, low = 0, close = 0, volume = -1] = cells.map(Number);
  if (cells.length !== 6 || cells.includes('')) {
    throw new CandleFileError(`${where}: expected 6 numbers, was ${line.slice(0, 60)}`);
  }
  const isSane = low > 0 && high >= Math.max(open, close) && low <= Math.min(open, close);
  if (!isSane || !(volume >= 0) || !Number.isFinite(high + volume)) {
    throw new CandleFileError(`${where}: expected low ≤ open, close ≤ high, was ${line}`);
  }
  const before = row === 0 ? 0 : (columns.at[row - 1] ?? 0);
  if (!(Number.isSafeInteger(at) && at > before)) {
    throw new CandleFileError(`${where}: expected a time after ${before}, was ${cells[0]}`);
  }
  columns.at[row] = at;
  columns.open[row] = open;
  columns.high[row] = high;
  columns.low[row] = low;
  columns.close[row] = close;
  columns.volume[row] = volume;
}
