/** What a run found out: violations, counts, and a hash over everything that happened. */
import { createHash, type Hash } from 'node:crypto';
import { Marks } from './marks.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface Violation {
  readonly check: string;
  readonly detail: string;
  /** Simulated hours since the start. */
  readonly atHours: number;
}

/** More of them say nothing new. */
const VIOLATIONS_MAX = 20;
const TRACE_MAX = 400;

export class Report {
  readonly marks = new Marks();
  readonly violations: Violation[] = [];
  readonly counts = { intents: 0, effects: 0, crashes: 0, requests: 0, unknowns: 0 };
  /** How long each unknown outcome stayed unknown, ms. */
  readonly resolvedAfterMs: number[] = [];
  /** The same from the moment the exchange answered again and the service was there to ask. */
  readonly foundOutAfterMs: number[] = [];
  /** The newest events in words, for whoever looks into a failing seed. */
  readonly trace: string[] = [];
  /** The first violation ends the run. */
  stopsAtFirst = false;
  readonly #hash: Hash = createHash('sha256');
  readonly #time: VirtualTime;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  get hasFailed(): boolean {
    return this.violations.length > 0;
  }

  violation(check: string, detail: string): void {
    this.event(`violation ${check} ${detail}`);
    if (this.stopsAtFirst) this.#time.stop();
    if (this.violations.length >= VIOLATIONS_MAX) return;
    this.violations.push({ check, detail, atHours: this.#time.at / 3_600_000 });
  }

  /** The world itself fell over: a fault of ours as well, to be repeated by its seed. */
  broken(error: unknown): void {
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    const at = stack
      .split('\n')
      .slice(2, 5)
      .map((line) => line.trim().split(' ')[1]);
    this.violation('world', `${message} (${at.join(' < ')})`);
  }

  /** Something that must happen again, at the same moment, when the seed is run again. */
  event(text: string): void {
    const line = `${this.#time.at.toFixed(3)} ${text}`;
    this.#hash.update(line);
    this.trace.push(line);
    if (this.trace.length > 2 * TRACE_MAX) this.trace.splice(0, TRACE_MAX);
  }

  /** Ends the run's hash. */
  digest(): string {
    return this.#hash.digest('hex').slice(0, 16);
  }
}
