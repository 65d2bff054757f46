/** Reads the exchange simulator's `/sim/state` into what the panel shows. */

/** Numbers may come as text, as money does; anything unreadable is null. */
export function number(value) {
  if (value === null || value === undefined || value === '') return null;
  const read = Number(value);
  return Number.isFinite(read) ? read : null;
}

function first(source, ...names) {
  for (const name of names) {
    const read = number(source?.[name]);
    if (read !== null) return read;
  }
  return null;
}

export function readMarket(state) {
  const marks = readMarks(state?.marks);
  const positions = listOf(state?.positions)
    .map((position) => readPosition(position, marks))
    .sort((a, b) => (a.ratePct ?? Infinity) - (b.ratePct ?? Infinity));
  const free = first(state?.wallet, 'availableUsd', 'available', 'freeUsd');
  const sum = (name) => positions.reduce((total, position) => total + (position[name] ?? 0), 0);
  const held = sum('equityUsd');
  const notionalUsd = sum('notionalUsd');
  const equityUsd = first(state, 'equityUsd', 'equity') ?? (free === null ? null : free + held);
  const known = notionalUsd > 0 && free !== null;
  return {
    positions,
    freeUsd: free,
    equityUsd,
    accountRatePct: known ? ((free + held) / notionalUsd) * 100 : null,
    liquidations: listOf(state?.liquidations).map(readLiquidation).reverse(),
    scenario: typeof state?.scenario === 'string' ? state.scenario : '',
  };
}

function listOf(value) {
  if (Array.isArray(value)) return value;
  return value !== null && typeof value === 'object' ? Object.values(value) : [];
}

function readMarks(marks) {
  const read = new Map();
  if (Array.isArray(marks)) {
    for (const mark of marks) read.set(mark.symbol, first(mark, 'markPrice', 'mark', 'price'));
  } else if (marks !== null && typeof marks === 'object') {
    for (const [symbol, mark] of Object.entries(marks)) {
      read.set(symbol, number(mark) ?? first(mark, 'markPrice', 'mark', 'price'));
    }
  }
  return read;
}

function readPosition(position, marks) {
  const amount = first(position, 'amount', 'quantity', 'qty') ?? 0;
  const side = position.side ?? (amount < 0 ? 'short' : 'long');
  const sign = side === 'short' ? -1 : 1;
  const size = Math.abs(amount);
  const entry = first(position, 'entryPrice', 'basePrice') ?? 0;
  const mark = first(position, 'markPrice', 'mark') ?? marks.get(position.symbol) ?? entry;
  const pnlUsd =
    first(position, 'unrealizedPnlUsd', 'unrealizedPnl') ?? sign * size * (mark - entry);
  const collateralUsd = first(position, 'collateralUsd', 'collateral') ?? 0;
  const notionalUsd = size * mark;
  const equityUsd = collateralUsd + pnlUsd;
  return {
    symbol: shortSymbol(position.symbol),
    side,
    pnlUsd,
    collateralUsd,
    notionalUsd,
    equityUsd,
    ratePct: notionalUsd > 0 ? (equityUsd / notionalUsd) * 100 : null,
    liquidationPrice: first(position, 'liquidationPrice'),
    mark,
  };
}

function readLiquidation(event) {
  return {
    at: first(event, 'at', 'atMs', 'time', 'mts'),
    symbol: shortSymbol(event.symbol),
    side: event.side ?? ((first(event, 'amount') ?? 0) < 0 ? 'short' : 'long'),
    price: first(event, 'markPrice', 'price'),
    collateralUsd: first(event, 'collateralUsd', 'collateral', 'lossUsd'),
  };
}

/** `tBTCF0:USTF0` → `BTC` */
export function shortSymbol(symbol) {
  return String(symbol ?? '?')
    .replace(/^t/, '')
    .replace(/F0:USTF0$/, '')
    .replace(/:?USTF0$/, '');
}
