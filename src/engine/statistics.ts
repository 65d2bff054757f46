/** Counts what a UTC day brought. A projection: kept in a document so that a restart goes on. */
import { z } from 'zod';
import type { Trigger } from '../core/action.ts';
import { Decimal, parseDecimal, ZERO } from '../core/decimal.ts';
import type { AdjustmentReport, DailyStatistics, ReductionReport } from '../core/notice.ts';
import { type PerpSymbol, parseSymbol } from '../core/symbol.ts';
import { utcDay } from '../core/time.ts';
import type { Document } from '../ports/store.ts';

export const dayDocumentSchema = z.object({
  utcDay: z.string(),
  adjustments: z.number(),
  emergencies: z.number(),
  liquidations: z.number(),
  movedUsd: z.string(),
  closedNotionalUsd: z.string(),
  failedWrites: z.number(),
  lostPositions: z.number().default(0),
  lostUsd: z.string().default('0'),
  firstEquityUsd: z.string().nullable(),
  lastEquityUsd: z.string().nullable(),
  worstRatePct: z.number().nullable(),
  worstSymbol: z.string().nullable(),
});
export type DayDocument = z.infer<typeof dayDocumentSchema>;

export function emptyDay(day: string): DayDocument {
  return {
    utcDay: day,
    adjustments: 0,
    emergencies: 0,
    liquidations: 0,
    movedUsd: '0',
    closedNotionalUsd: '0',
    failedWrites: 0,
    lostPositions: 0,
    lostUsd: '0',
    firstEquityUsd: null,
    lastEquityUsd: null,
    worstRatePct: null,
    worstSymbol: null,
  };
}

export interface DaySample {
  readonly equityUsd: Decimal | null;
  readonly worstRatePct: number | null;
  readonly worstSymbol: PerpSymbol | null;
}

/** What of a move, and of a reduction, its day counts. */
export interface CountedMove extends Pick<AdjustmentReport, 'fromUsd' | 'toUsd'> {
  readonly outcome?: { readonly kind: string } | undefined;
}
export interface CountedCut extends Pick<ReductionReport, 'notionalUsd'> {
  readonly outcome?: { readonly kind: string } | undefined;
  readonly filledQuantity?: Decimal | undefined;
  /** A roll: what was opened again of it was no reduction. */
  readonly roll?: CountedRoll | undefined;
}
interface CountedRoll {
  readonly outcome?: { readonly kind: string } | undefined;
  readonly reopenedQuantity?: Decimal | undefined;
}

export function withMoves(
  day: DayDocument,
  trigger: Trigger,
  moved: readonly CountedMove[],
): DayDocument {
  const done = moved.filter((move) => move.outcome?.kind === 'confirmed');
  const movedUsd = done.reduce((sum, move) => sum.plus(move.toUsd.minus(move.fromUsd).abs()), ZERO);
  return {
    ...day,
    adjustments: day.adjustments + done.length,
    emergencies: day.emergencies + (trigger === 'emergency' && done.length > 0 ? 1 : 0),
    movedUsd: parseDecimal(day.movedUsd).plus(movedUsd).toFixed(),
    failedWrites: day.failedWrites + failuresIn(moved),
  };
}

export function withReductions(day: DayDocument, cuts: readonly CountedCut[]): DayDocument {
  const done = cuts.filter((cut) => cut.outcome?.kind === 'confirmed' && keptShare(cut).lt(1));
  const closed = done.reduce((sum, cut) => sum.plus(notionalGone(cut)), ZERO);
  const orders = cuts.flatMap((cut) => (cut.roll ? [cut, cut.roll] : [cut]));
  return {
    ...day,
    liquidations: day.liquidations + done.length,
    closedNotionalUsd: parseDecimal(day.closedNotionalUsd).plus(closed).toFixed(),
    failedWrites: day.failedWrites + failuresIn(orders),
  };
}

export function withLost(day: DayDocument, collateralUsd: Decimal): DayDocument {
  return {
    ...day,
    lostPositions: day.lostPositions + 1,
    lostUsd: parseDecimal(day.lostUsd).plus(collateralUsd).toFixed(),
  };
}

export function withSample(day: DayDocument, sample: DaySample): DayDocument {
  const isWorse =
    sample.worstRatePct !== null &&
    (day.worstRatePct === null || sample.worstRatePct < day.worstRatePct);
  return {
    ...day,
    firstEquityUsd: day.firstEquityUsd ?? sample.equityUsd?.toFixed() ?? null,
    lastEquityUsd: sample.equityUsd?.toFixed() ?? day.lastEquityUsd,
    worstRatePct: isWorse ? sample.worstRatePct : day.worstRatePct,
    worstSymbol: isWorse ? sample.worstSymbol : day.worstSymbol,
  };
}

export class Statistics {
  readonly #document: Document<DayDocument>;

  constructor(document: Document<DayDocument>) {
    this.#document = document;
  }

  async countMoves(now: number, trigger: Trigger, moved: readonly CountedMove[]) {
    await this.#update(now, (day) => withMoves(day, trigger, moved));
  }

  async countReductions(now: number, cuts: readonly CountedCut[]) {
    await this.#update(now, (day) => withReductions(day, cuts));
  }

  async countLost(now: number, collateralUsd: Decimal) {
    await this.#update(now, (day) => withLost(day, collateralUsd));
  }

  async sample(now: number, sample: DaySample) {
    await this.#update(now, (day) => withSample(day, sample));
  }

  view(): DailyStatistics {
    const day = this.#document.read();
    const first = day.firstEquityUsd === null ? null : new Decimal(day.firstEquityUsd);
    const last = day.lastEquityUsd === null ? null : new Decimal(day.lastEquityUsd);
    return {
      utcDay: day.utcDay,
      adjustments: day.adjustments,
      emergencies: day.emergencies,
      liquidations: day.liquidations,
      movedUsd: parseDecimal(day.movedUsd),
      closedNotionalUsd: parseDecimal(day.closedNotionalUsd),
      failedWrites: day.failedWrites,
      lostPositions: day.lostPositions,
      lostUsd: parseDecimal(day.lostUsd),
      equityUsd: last,
      equityChangeUsd: first && last ? last.minus(first) : null,
      worstRatePct: day.worstRatePct,
      worstSymbol: day.worstSymbol === null ? null : parseSymbol(day.worstSymbol),
    };
  }

  /** A new day starts from zero. */
  async #update(now: number, change: (day: DayDocument) => DayDocument): Promise<void> {
    const today = utcDay(now);
    await this.#document.update((day) => change(day.utcDay === today ? day : emptyDay(today)));
  }
}

const plainDay = z.object({
  utcDay: z.string(),
  adjustments: z.number(),
  emergencies: z.number(),
  liquidations: z.number(),
  movedUsd: z.string(),
  closedNotionalUsd: z.string(),
  failedWrites: z.number(),
  lostPositions: z.number(),
  lostUsd: z.string(),
  equityUsd: z.string().nullable(),
  equityChangeUsd: z.string().nullable(),
  worstRatePct: z.number().nullable(),
  worstSymbol: z.string().nullable(),
});

/** A day read back from history; null for a record of another form. */
export function statisticsFrom(body: unknown): DailyStatistics | null {
  const parsed = plainDay.safeParse(body);
  if (!parsed.success) return null;
  const { movedUsd, closedNotionalUsd, lostUsd, equityUsd, equityChangeUsd, worstSymbol } =
    parsed.data;
  return {
    ...parsed.data,
    movedUsd: parseDecimal(movedUsd),
    closedNotionalUsd: parseDecimal(closedNotionalUsd),
    lostUsd: parseDecimal(lostUsd),
    equityUsd: equityUsd === null ? null : parseDecimal(equityUsd),
    equityChangeUsd: equityChangeUsd === null ? null : parseDecimal(equityChangeUsd),
    worstSymbol: worstSymbol === null ? null : parseSymbol(worstSymbol),
  };
}

/** What of a cut was opened again, as a fraction: a whole roll reduces nothing. */
function keptShare({ roll, filledQuantity }: CountedCut): Decimal {
  const reopened = roll?.reopenedQuantity;
  return reopened && filledQuantity?.gt(0) ? reopened.div(filledQuantity) : ZERO;
}

function notionalGone(cut: CountedCut): Decimal {
  return cut.notionalUsd.times(new Decimal(1).minus(keptShare(cut)));
}

function failuresIn(writes: readonly { readonly outcome?: CountedMove['outcome'] }[]): number {
  return writes.filter(({ outcome }) => outcome?.kind === 'rejected' || outcome?.kind === 'unknown')
    .length;
}
