/**
 * Counts what leaves towards the exchange by its published rules. One life may never exceed them.
 * Two lives within a minute may together, for the limiter does not outlive its process: that is
 * marked, not judged.
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
  #bornAt = 0;
  #busiest = 0;

  constructor(report: Report, time: VirtualTime) {
    this.#report = report;
    this.#time = time;
  }

  /** The largest share of a limit that was ever used. */
  get busiest(): number {
    return this.#busiest;
  }

  /** A new life counts from zero. */
  born(): void {
    this.#bornAt = this.#time.at;
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
    const times = (this.#sent.get(route.bucket) ?? []).filter((at) => now - at < MINUTE_MS);
    times.push(now);
    this.#sent.set(route.bucket, times);
    this.#busiest = Math.max(this.#busiest, times.length / route.perMinute);
    const own = times.filter((at) => at >= this.#bornAt).length;
    if (own > route.perMinute) {
      const was = `${own} of ${route.perMinute} a minute`;
      this.#report.violation('rates', `${route.bucket}: ${was}`);
    } else if (times.length > route.perMinute) {
      this.#report.marks.hit(`limit of ${route.bucket} exceeded over a restart`);
    }
  }
}
