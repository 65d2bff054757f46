/** Account snapshots: what is kept of each check, and how charts read it back. */
import { z } from 'zod';
import { toFloat } from '../core/decimal.ts';
import { parseSymbol } from '../core/symbol.ts';
import type { HistoryRecord } from '../ports/store.ts';
import { liquidationPrice, marginRatePct } from '../systems/balancer/index.ts';
import type { AccountSample } from './door.ts';
import type { Ledger } from './ledger.ts';
import { type AccountSums, accountRatePct } from './views.ts';

/** Amounts are numbers here: snapshots are drawn, never decided from. */
const snapshotSchema = z.object({
  equityUsd: z.number().nullable(),
  availableUsd: z.number().nullable(),
  ratePct: z.number().nullable(),
  legs: z.array(
    z.object({
      symbol: z.string().transform((text) => parseSymbol(text)),
      collateralUsd: z.number(),
      entryPrice: z.number(),
      ratePct: z.number().nullable(),
      markPrice: z.number().nullable(),
      liquidationPrice: z.number().nullable(),
    }),
  ),
});

export type Snapshot = z.input<typeof snapshotSchema>;

/** The account as it is now, in the form that history keeps. */
export function snapshotOf(ledger: Ledger, sums: AccountSums): Snapshot {
  return {
    equityUsd: sums.equityUsd?.toDecimalPlaces(2).toNumber() ?? null,
    availableUsd: ledger.availableUsd()?.toDecimalPlaces(2).toNumber() ?? null,
    ratePct: rounded(accountRatePct(sums)),
    legs: ledger.positions().map((position) => {
      const leg = ledger.leg(position.symbol);
      return {
        symbol: position.symbol,
        collateralUsd: Math.round(toFloat(position.collateralUsd) * 100) / 100,
        entryPrice: toFloat(position.entryPrice),
        ratePct: leg ? rounded(marginRatePct(leg)) : null,
        markPrice: leg?.markPrice ?? null,
        liquidationPrice: leg ? rounded(liquidationPrice(leg)) : null,
      };
    }),
  };
}

/** Null for a record of another form, which is left out of a chart. */
export function sampleOf(record: HistoryRecord): AccountSample | null {
  const parsed = snapshotSchema.safeParse(record.body);
  if (!parsed.success) return null;
  const { equityUsd, availableUsd, ratePct, legs } = parsed.data;
  return { at: record.at, equityUsd, availableUsd, accountRatePct: ratePct, positions: legs };
}

function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(7));
}
