/** `GET v2/status/deriv?keys=…`: mark prices. The mark is index 15, not the traded price at 3. */
import { messageOf } from '../../../core/errors.ts';
import type { Mark } from '../../../core/position.ts';
import { isSymbol, type PerpSymbol } from '../../../core/symbol.ts';
import type { Logger } from '../../../ports/logger.ts';
import type { PublicRead } from '../call.ts';
import { type Breathe, inSlices } from '../in-slices.ts';
import { integerOnWire, listOnWire, positiveOnWire } from '../numbers.ts';
import { readAs } from '../wire-json.ts';

/** More symbols than this are asked for as `ALL`, which keeps the URL short. */
const KEYS_MAX = 60;

const AT = { key: 0, time: 1, mark: 15 } as const;

/** Marks of the wanted symbols; one that is missing or unreadable is left out and logged. */
export function marksCall(symbols: readonly PerpSymbol[], log: Logger): PublicRead<Mark[]> {
  const keys = symbols.length > KEYS_MAX ? 'ALL' : symbols.join(',');
  return {
    name: 'status deriv',
    path: `v2/status/deriv?keys=${keys}`,
    bucket: 'status_deriv',
    read: (answer, breathe) => readMarks(answer, new Set(symbols), log, breathe),
  };
}

async function readMarks(
  answer: unknown,
  wanted: ReadonlySet<string>,
  log: Logger,
  breathe: Breathe,
): Promise<Mark[]> {
  const marks = new Map<string, Mark>();
  await inSlices(readAs(listOnWire, answer, 'status deriv'), breathe, (cells) => {
    const row = readAs(listOnWire, cells, 'row of status deriv');
    const key = row[AT.key];
    if (typeof key !== 'string' || !isSymbol(key) || !wanted.has(key)) return;
    try {
      marks.set(key, readMark(key, row));
    } catch (error) {
      log.warn({ symbol: key, reason: messageOf(error) }, 'mark unreadable, left out');
    }
  });
  return [...marks.values()];
}

function readMark(symbol: PerpSymbol, row: readonly unknown[]): Mark {
  const at = readAs(integerOnWire, row[AT.time], 'time of the mark');
  return { symbol, at, price: readAs(positiveOnWire, row[AT.mark], 'mark') };
}
