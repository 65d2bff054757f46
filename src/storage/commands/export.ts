import { BallastError } from '../../core/errors.ts';
import type { HistoryKind } from '../../ports/store.ts';
import { FileHistory } from '../history.ts';
import { csvLine, rowOf } from './csv.ts';
import { daysOf, kindsIn } from './days.ts';
import type { CommandContext } from './index.ts';

export interface ExportOptions {
  readonly kind: string;
  /** UTC days, both included; all there are when left out. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Writes history as CSV, oldest first. The columns are those of all records together, so the days
 * are read twice; memory holds one day at a time.
 * @throws BallastError for a kind that there is no history of, or for something that is no day
 */
export async function exportTables(
  { folder, log, say }: CommandContext,
  { kind, from = '0000-00-00', to = '9999-99-99' }: ExportOptions,
): Promise<number> {
  for (const day of [from, to]) {
    if (!DAY.test(day)) throw new BallastError(`expected a day such as 2026-11-21, was ${day}`);
  }
  const kinds = await kindsIn(folder);
  if (!kinds.includes(kind)) {
    throw new BallastError(`expected one of these kinds: ${kinds.join(', ')}; was ${kind}`);
  }
  const days = (await daysOf(folder, kind)).filter((day) => day >= from && day <= to);
  const history = new FileHistory(folder, log);
  const columns = new Set(['at']);
  for (const day of days) {
    for (const { at, body } of await history.day(kind as HistoryKind, day)) {
      for (const column of rowOf(at, body).keys()) columns.add(column);
    }
  }
  say(csvLine([...columns]));
  for (const day of days) {
    for (const { at, body } of await history.day(kind as HistoryKind, day)) {
      const row = rowOf(at, body);
      say(csvLine([...columns].map((column) => row.get(column) ?? '')));
    }
  }
  return 0;
}
