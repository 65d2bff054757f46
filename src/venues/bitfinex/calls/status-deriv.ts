/** `GET v2/status/deriv?keys=…`: mark prices. The mark is index 15, not the traded price at 3. */
import { z } from 'zod';
import { messageOf } from '../../../core/errors.ts';
import type { Mark } from '../../../core/position.ts';
import { isSymbol, type PerpSymbol } from '../../../core/symbol.ts';
import type { Logger } from '../../../ports/logger.ts';
import type { PublicRead } from '../call.ts';
import { ignored, integerOnWire, positiveOnWire } from '../numbers.ts';
import { readAs } from '../wire-json.ts';

/** More symbols than this are asked for as `ALL`, which keeps the URL short. */
const KEYS_MAX = 60;
const MARK_AT = 15;

const statusRow = z.tuple(
  [
    z.string().refine(isSymbol), // 0 KEY
    integerOnWire, // 1 MTS
    ...Array.from({ length: MARK_AT - 2 }, () => ignored),
    positiveOnWire, // 15 MARK_PRICE
  ],
  ignored,
);

/** Marks of the wanted symbols; one that is missing or unreadable is left out and logged. */
export function marksCall(symbols: readonly PerpSymbol[], log: Logger): PublicRead<Mark[]> {
  const keys = symbols.length > KEYS_MAX ? 'ALL' : symbols.join(',');
  return {
    name: 'status deriv',
    path: `v2/status/deriv?keys=${keys}`,
    bucket: 'status_deriv',
    read: (answer) => readMarks(answer, new Set(symbols), log),
  };
}

function readMarks(answer: unknown, wanted: ReadonlySet<string>, log: Logger): Mark[] {
  const marks = new Map<string, Mark>();
  for (const row of readAs(z.array(z.array(ignored)), answer, 'status deriv')) {
    const key = row[0];
    if (typeof key !== 'string' || !wanted.has(key)) continue;
    try {
      const mark = readMark(row);
      marks.set(mark.symbol, mark);
    } catch (error) {
      log.warn({ symbol: key, reason: messageOf(error) }, 'mark unreadable, left out');
    }
  }
  return [...marks.values()];
}

function readMark(value: unknown): Mark {
  const row = readAs(statusRow, value, 'status row');
  return {
    symbol: row[0] as PerpSymbol,
    at: row[1],
    price: readAs(positiveOnWire, row[15], 'mark'),
  };
}
