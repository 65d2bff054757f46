/** Reads the exchange simulator's `/sim/state` into what the panel shows; absent is null. */

export function readMarket(state) {
  const positions = (state?.positions ?? []).map(readPosition);
  // Without a rate a position tells nothing about danger: last.
  positions.sort((a, b) => (a.ratePct ?? Infinity) - (b.ratePct ?? Infinity));
  return {
    positions,
    equityUsd: number(state?.equity),
    freeUsd: number(state?.wallet?.available),
    accountRatePct: number(state?.accountMarginRatePct),
    liquidations: (state?.liquidations ?? []).map(readLiquidation).reverse(),
    faults: (state?.faults ?? []).map(({ kind }) => String(kind)),
    scenario: typeof state?.scenario === 'string' ? state.scenario : '',
  };
}

function readPosition(position) {
  const amount = number(position.amount) ?? 0;
  return {
    symbol: shortSymbol(position.symbol),
    side: amount < 0 ? 'short' : 'long',
    notionalUsd: Math.abs(amount) * (number(position.markPrice) ?? 0),
    pnlUsd: number(position.unrealizedPnl) ?? 0,
    ratePct: number(position.marginRatePct),
  };
}

function readLiquidation(event) {
  return {
    at: number(event.at),
    symbol: shortSymbol(event.symbol),
    side: (number(event.amount) ?? 0) < 0 ? 'short' : 'long',
    price: number(event.markPrice),
    collateralUsd: number(event.collateralUsd),
  };
}

function number(value) {
  if (value === null || value === undefined || value === '') return null;
  const read = Number(value);
  return Number.isFinite(read) ? read : null;
}

/** `tBTCF0:USTF0` → `BTC` */
function shortSymbol(symbol) {
  return String(symbol ?? '?').replace(/^t(.+?)F0:USTF0$/, '$1');
}
