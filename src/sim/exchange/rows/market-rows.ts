/** Rows of public data: derivative status, tickers, candles, pair configuration. */
import { type Contract, type Market, RecordedMarket } from '../../market/index.ts';
import type { World } from '../core/index.ts';
import { markOf, usdOf, wireNow } from '../core/index.ts';
import type { Row } from './position-row.ts';

const DAY_MS = 86_400_000;
const CLAMP_MIN = 0.0005;
const CLAMP_MAX = 0.0025;
const PRICE_DIGITS = 5;
const HALF_SPREAD = 0.0001;
/** The venue's fund as it shows it; what positions cost it here is added. */
const INSURANCE_SHOWN_USD = 36_950_860;

/** The payload without the key: over WebSocket and, after the key, over REST. */
export function statusPayload(world: World, index: number): Row {
  const mark = markOf(world, index);
  const contract = world.market.contracts[index];
  const openInterest = ((contract?.depthUsd ?? 0) * 3) / mark;
  const rate = world.fundingRates[index] ?? 0;
  const insurance = INSURANCE_SHOWN_USD + usdOf(world.ledger.insurance.units);
  return [
    wireNow(world),
    null,
    price(mark * (1 + HALF_SPREAD / 4)),
    price(mark),
    null,
    insurance,
    null,
    Math.round(world.wireTime(world.nextFundingAt)),
    rate,
    0,
    null,
    rate,
    null,
    null,
    mark,
    null,
    null,
    Number(openInterest.toPrecision(8)),
    null,
    null,
    null,
    CLAMP_MIN,
    CLAMP_MAX,
  ];
}

export function statusRow(world: World, contract: Contract, index: number): Row {
  return [contract.symbol, ...statusPayload(world, index)];
}

/** Ten fields without the symbol; the day's figures come from the hourly candles. */
export function tickerPayload(world: World, index: number): Row {
  const mark = markOf(world, index);
  const from = wireNow(world) - DAY_MS;
  const hours = (world.candles?.candles(index, '1h') ?? []).filter(({ at }) => at >= from);
  const open = hours[0]?.open ?? mark;
  const volume = hours.reduce((sum, bar) => sum + bar.volume, 0);
  const size = Number((5_000 / mark).toPrecision(6));
  return [
    price(mark * (1 - HALF_SPREAD)),
    size,
    price(mark * (1 + HALF_SPREAD)),
    size,
    price(mark - open),
    Number(((mark - open) / open).toFixed(8)),
    price(mark),
    Number(volume.toPrecision(10)),
    price(hours.reduce((high, bar) => Math.max(high, bar.high), mark)),
    price(hours.reduce((low, bar) => Math.min(low, bar.low), mark)),
  ];
}

export interface CandleLike {
  readonly at: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** The venue's order of columns: close comes before high and low. */
export function candleRow({ at, open, close, high, low, volume }: CandleLike): Row {
  return [at, open, close, high, low, volume];
}

export function pairInfoRow(contract: Contract): Row {
  const least = contract.minQuantity.toFixed(8).replace(/\.?0+$/, '');
  const most = contract.maxQuantity.toFixed(1);
  const rates = [contract.initialRate, contract.maintenanceRate];
  return [pairOf(contract), [null, null, null, least, most, null, null, null, ...rates]];
}

/** The symbol without its leading `t`. */
export function pairOf(contract: Contract): string {
  return contract.symbol.slice(1);
}

/** The moment of a recording that is being replayed, null for a generated market. */
export function recordedAt(market: Market): number | null {
  return market instanceof RecordedMarket ? market.recordedAt : null;
}

function price(value: number): number {
  return Number(value.toPrecision(PRICE_DIGITS));
}
