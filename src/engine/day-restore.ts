/**
 * The figures of today, counted anew from history. Their document is a projection: after a crash
 * it may be behind what was done, and it may be lost; what people read must not be.
 */
import { z } from 'zod';
import { Decimal, parseDecimal } from '../core/decimal.ts';
import { messageOf } from '../core/errors.ts';
import { parseSymbol } from '../core/symbol.ts';
import { utcDay } from '../core/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Document, History, HistoryKind } from '../ports/store.ts';
import {
  type DayDocument,
  type DaySample,
  emptyDay,
  withLost,
  withMoves,
  withReductions,
  withSample,
} from './statistics.ts';

export interface DayRestoreDeps {
  readonly history: History;
  readonly dayDocument: Document<DayDocument>;
  readonly clock: Clock;
  readonly log: Logger;
}

const amount = z.string().transform((text) => parseDecimal(text));
const outcome = z.object({ kind: z.string() }).optional();
const trigger = z.enum(['scheduled', 'emergency', 'manual']);
const movesSchema = z.object({
  trigger,
  adjustments: z.array(z.object({ fromUsd: amount, toUsd: amount, outcome })),
});
const cutSchema = z.object({
  notionalUsd: amount,
  outcome,
  filledQuantity: amount.optional(),
  roll: z.object({ outcome, reopenedQuantity: amount.optional() }).optional(),
});
const cutsSchema = z.object({ plan: z.object({ reductions: z.array(cutSchema) }) });
const lostSchema = z.object({ trigger: z.literal('venue'), collateralUsd: amount });
const snapshotSchema = z.object({
  equityUsd: z.number().nullable(),
  legs: z.array(z.object({ symbol: z.string(), ratePct: z.number().nullable() })),
});

/**
 * Call before anything of today is counted. What cannot be read is told in the log, and the
 * document stays as it is.
 */
export async function restoreDay({ history, dayDocument, clock, log }: DayRestoreDeps) {
  const today = utcDay(clock.now());
  try {
    const known = dayDocument.read();
    const isToday = known.utcDay === today;
    const counted = await countedDay(history, today);
    if (isToday && !isBehind(known, counted)) return;
    const samples = isToday ? known : await sampledDay(history, today);
    const { firstEquityUsd, lastEquityUsd, worstRatePct, worstSymbol } = samples;
    const restored = { ...counted, firstEquityUsd, lastEquityUsd, worstRatePct, worstSymbol };
    if (restored.firstEquityUsd === null && !isBehind(emptyDay(today), counted)) return;
    // A disk that hangs must not hold up the start: the new figures are shown once they are kept.
    dayDocument.update(() => restored).catch((error: unknown) => failed(log, error));
    log.info({ utcDay: today, wasLost: !isToday }, 'figures of today counted anew');
  } catch (error) {
    failed(log, error);
  }
}

function failed(log: Logger, error: unknown): void {
  log.warn({ reason: messageOf(error) }, 'figures of today could not be counted anew');
}

async function countedDay(history: History, today: string): Promise<DayDocument> {
  let day = emptyDay(today);
  for (const body of await bodiesOf(history, 'adjustments', today)) {
    const moves = movesSchema.safeParse(body).data;
    if (moves) day = withMoves(day, moves.trigger, moves.adjustments);
  }
  for (const body of await bodiesOf(history, 'liquidations', today)) {
    const cuts = cutsSchema.safeParse(body).data;
    const lost = lostSchema.safeParse(body).data;
    if (cuts) day = withReductions(day, cuts.plan.reductions);
    if (lost) day = withLost(day, lost.collateralUsd);
  }
  return day;
}

/** Many and long: read only when nothing else is known of the day. */
async function sampledDay(history: History, today: string): Promise<DayDocument> {
  let day = emptyDay(today);
  for (const body of await bodiesOf(history, 'snapshots', today)) {
    const snapshot = snapshotSchema.safeParse(body).data;
    if (snapshot) day = withSample(day, sampleOf(snapshot));
  }
  return day;
}

async function bodiesOf(history: History, kind: HistoryKind, today: string): Promise<unknown[]> {
  return (await history.day(kind, today)).map(({ body }) => body);
}

function sampleOf({ equityUsd, legs }: z.infer<typeof snapshotSchema>): DaySample {
  const rated = legs.flatMap(({ symbol, ratePct }) =>
    ratePct === null ? [] : [{ symbol, ratePct }],
  );
  const [worst] = rated.sort((a, b) => a.ratePct - b.ratePct);
  return {
    equityUsd: equityUsd === null ? null : new Decimal(equityUsd),
    worstRatePct: worst?.ratePct ?? null,
    worstSymbol: worst ? parseSymbol(worst.symbol) : null,
  };
}

const COUNTED = [
  'adjustments',
  'emergencies',
  'liquidations',
  'failedWrites',
  'lostPositions',
] as const;

/** History may have lost its end to a power cut: what the document counted is not taken back. */
function isBehind(known: DayDocument, counted: DayDocument): boolean {
  const isLess = COUNTED.some((name) => known[name] < counted[name]);
  return isLess && COUNTED.every((name) => known[name] <= counted[name]);
}
