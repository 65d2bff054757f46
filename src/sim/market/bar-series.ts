/** OHLCV bars of one length for all contracts at once, in a ring of fixed size. */

export interface Bar {
  /** Start of the bar, ms. */
  readonly at: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

const FIELDS = 5;
const OPEN = 0;
const HIGH = 1;
const LOW = 2;
const CLOSE = 3;
const VOLUME = 4;

export class BarSeries {
  readonly lengthMs: number;
  readonly contracts: number;
  readonly #width: number;
  readonly #capacity: number;
  readonly #values: Float64Array;
  readonly #times: Float64Array;
  /** Bars ever begun; the newest one is still open. */
  #count = 0;

  constructor(lengthMs: number, contracts: number, capacity: number) {
    this.lengthMs = lengthMs;
    this.contracts = contracts;
    this.#width = contracts * FIELDS;
    this.#capacity = capacity;
    this.#values = new Float64Array(this.#width * capacity);
    this.#times = new Float64Array(capacity);
  }

  /** Replaces its bars by those of a series of the same shape. */
  takeOver(other: BarSeries): void {
    this.#values.set(other.#values);
    this.#times.set(other.#times);
    this.#count = other.#count;
  }

  /** Takes all prices of one moment; moments must not decrease. */
  record(at: number, prices: Float64Array, volumes: Float64Array): void {
    const start = Math.floor(at / this.lengthMs) * this.lengthMs;
    if (this.#count === 0 || start > this.#newestStart()) {
      this.#begin(start, prices, volumes);
      return;
    }
    const values = this.#values;
    let k = ((this.#count - 1) % this.#capacity) * this.#width;
    for (let i = 0; i < prices.length; i += 1, k += FIELDS) {
      const price = prices[i] ?? 0;
      if (price > (values[k + HIGH] ?? 0)) values[k + HIGH] = price;
      if (price < (values[k + LOW] ?? 0)) values[k + LOW] = price;
      values[k + CLOSE] = price;
      values[k + VOLUME] = (values[k + VOLUME] ?? 0) + (volumes[i] ?? 0);
    }
  }

  /** Bars of one contract, oldest first; the last one is still open. */
  bars(contract: number): Bar[] {
    const first = Math.max(0, this.#count - this.#capacity);
    const found: Bar[] = [];
    for (let n = first; n < this.#count; n += 1) found.push(this.#bar(n, contract));
    return found;
  }

  /** Multiplies every price of one contract: history is made backwards from where it ends. */
  scale(contract: number, factor: number, round: (price: number) => number): void {
    for (let slot = 0; slot < Math.min(this.#count, this.#capacity); slot += 1) {
      const k = slot * this.#width + contract * FIELDS;
      for (const field of [OPEN, HIGH, LOW, CLOSE]) {
        this.#values[k + field] = round((this.#values[k + field] ?? 0) * factor);
      }
    }
  }

  #begin(start: number, prices: Float64Array, volumes: Float64Array): void {
    const slot = this.#count % this.#capacity;
    const before = ((this.#count - 1) % this.#capacity) * this.#width;
    this.#times[slot] = start;
    let k = slot * this.#width;
    for (let i = 0; i < prices.length; i += 1, k += FIELDS) {
      const price = prices[i] ?? 0;
      const open = this.#count === 0 ? price : (this.#values[before + i * FIELDS + CLOSE] ?? price);
      this.#values[k + OPEN] = open;
      this.#values[k + HIGH] = Math.max(open, price);
      this.#values[k + LOW] = Math.min(open, price);
      this.#values[k + CLOSE] = price;
      this.#values[k + VOLUME] = volumes[i] ?? 0;
    }
    this.#count += 1;
  }

  #newestStart(): number {
    return this.#times[(this.#count - 1) % this.#capacity] ?? 0;
  }

  #bar(n: number, contract: number): Bar {
    const slot = n % this.#capacity;
    const k = slot * this.#width + contract * FIELDS;
    const field = (offset: number): number => this.#values[k + offset] ?? 0;
    return {
      at: this.#times[slot] ?? 0,
      open: field(OPEN),
      high: field(HIGH),
      low: field(LOW),
      close: field(CLOSE),
      volume: Number(field(VOLUME).toPrecision(10)),
    };
  }
}
