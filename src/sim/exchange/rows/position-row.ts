/** Position rows as the venue writes them, nulls included. */
import type { ChangeReason, ClosedPosition, SimPosition } from '../core/index.ts';
import { entryNotionalUsd, initialMarginUsd, unrealizedPnlUsd, usdOf } from '../core/index.ts';

export type Row = readonly unknown[];

/** The TYPE of a derivative position. */
const DERIVATIVE = 1;

export interface PositionFigures {
  readonly pnl: number;
  readonly pnlPercent: number;
  readonly liquidationPrice: number | null;
  readonly leverage: number | null;
  readonly collateralMin: number;
}

export function figuresOf(position: SimPosition, mark: number): PositionFigures {
  const pnl = tidy(unrealizedPnlUsd(position, mark));
  const notional = entryNotionalUsd(position);
  const collateral = usdOf(position.collateral.units);
  return {
    pnl,
    pnlPercent: (100 * pnl) / notional,
    liquidationPrice: position.liquidationPrice > 0 ? tidy(position.liquidationPrice) : null,
    leverage: collateral > 0 ? notional / collateral : null,
    collateralMin: tidy(initialMarginUsd(position, position.contract)),
  };
}

/** A row over REST: times and META are null there, as in the recorded one. */
export function positionRow(position: SimPosition, mark: number): Row {
  return rowOf(position, figuresOf(position, mark));
}

/** A row over WebSocket: without figures until they were calculated. */
export function positionFrameRow(
  position: SimPosition,
  figures: PositionFigures | null,
  reason: ChangeReason | null,
): Row {
  const row = [...rowOf(position, figures)];
  row[18] = figures?.collateralMin ?? null;
  row[19] = reason === null ? null : metaOf(reason);
  return row;
}

/** The row of a position that has just ended. */
export function closedFrameRow(position: SimPosition, reason: ChangeReason): Row {
  const row = [...rowOf(position, null)];
  row[1] = 'CLOSED';
  row[2] = 0;
  row[17] = 0;
  row[19] = metaOf(reason);
  return row;
}

/** A row of `positions/hist`. */
export function closedPositionRow(position: ClosedPosition, symbol: string): Row {
  const nulls = [null, null, null, null, null];
  const { amount, entryPrice, id, createdAt, closedAt } = position;
  const times = [createdAt, closedAt];
  const head = [symbol, 'CLOSED', amount, entryPrice, 0, 0];
  return [...head, ...nulls, id, ...times, null, DERIVATIVE, null, 0, null, null];
}

/** A row of `positions/snap`: with times, without figures. */
export function snapshotRow(position: SimPosition): Row {
  const row = [...rowOf(position, null)];
  row[12] = position.createdAt;
  row[13] = position.updatedAt;
  return row;
}

function rowOf(position: SimPosition, figures: PositionFigures | null): Row {
  return [
    position.contract.symbol,
    'ACTIVE',
    position.amount,
    position.entryPrice,
    0,
    0,
    figures?.pnl ?? null,
    figures?.pnlPercent ?? null,
    figures?.liquidationPrice ?? null,
    figures?.leverage ?? null,
    null,
    position.id,
    null,
    null,
    null,
    DERIVATIVE,
    null,
    usdOf(position.collateral.units),
    figures?.collateralMin ?? null,
    null,
  ];
}

function metaOf(reason: ChangeReason): object {
  const isForced = reason === 'LIQ' || reason === 'ADL';
  return { reason, liq_stage: isForced ? (reason === 'LIQ' ? 1 : 3) : null };
}

/** Removes the dust of doubles beyond what any figure here means. */
function tidy(value: number): number {
  return Number(value.toPrecision(14));
}
