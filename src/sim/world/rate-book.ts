/**
 * Counts what leaves towards the exchange by its published rules, whoever sends it: two lives
 * within a minute may not exceed them together either.
 */
import { MINUTE_MS } from '../../core/time.ts';
import type { WireRequest } from '../../venues/bitfinex/index.ts';
import { matchRoute } from '../exchange/rest/routes.ts';
import type { Report } from './report.ts';
import type { VirtualTime } from './virtual-time.ts';

export class RateBook {
  readonly #report: Report;
  readonly #time: VirtualTime;
  readonly #sent = new Map<string, number[]>();
  #busiest = 0;

  constructor(report: Report, time: VirtualTime) {
    this.#report = report;
    this.#time = time;
  }

  /** The largest share of a limit that was ever used. */
  get busiest(): number {
    return this.#busiest;
  }

  onSend({ method, path }: WireRequest): void {
    this.#report.counts.requests += 1;
    const [plain = ''] = path.split('?');
    const route = matchRoute(method, decodeURIComponent(plain))?.route;
    if (!route) {
      this.#report.violation('rates', `an unknown path: ${method} ${path}`);
      return;
    }
    const now = this.#time.at;
    const times = this.#sent.get(route.bucket) ?? [];
    while (now - (times[0] ?? now) >= MINUTE_MS) times.shift();
    times.push(now);
    this.#sent.set(route.bucket, times);
    this.#busiest = Math.max(this.#busiest, times.length / route.perMinute);
    if (times.length > route.perMinute) {
      const was = `${times.length} of ${route.perMinute} a minute`;
      this.#report.violation('rates', `${route.bucket}: ${was}`);
    }
  }
}
