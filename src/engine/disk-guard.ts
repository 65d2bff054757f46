/**
 * Stops acting before the disk stops us: what cannot be written down is not done. Looks every few
 * seconds at the room that is left and at writes that hang; `halt-desk.ts` decides what follows.
 */
import { SECOND_MS } from '../core/time.ts';
import type { DiskHealth } from '../ports/disk-health.ts';
import type { HaltDesk } from './halt-desk.ts';

export interface DiskWatch {
  readonly health: DiskHealth;
  /** With less room than this nothing is done. */
  readonly minFreeBytes: number;
}

export const DISK_SECONDS = 2;
/** A write that waits longer than this hangs. What was decided before it is no longer sent. */
export const DISK_PATIENCE_MS = 4 * SECOND_MS;
/** A halt ends with a tenth more room than it began with, so that it does not flutter. */
const ROOM_AGAIN = 1.1;

export class DiskGuard {
  readonly #watch: DiskWatch | undefined;
  readonly #halts: HaltDesk;
  #isFull = false;
  #isAsking = false;

  constructor(watch: DiskWatch | undefined, halts: HaltDesk) {
    this.#watch = watch;
    this.#halts = halts;
  }

  async look(): Promise<void> {
    if (!this.#watch) return;
    const { health, minFreeBytes } = this.#watch;
    this.#halts.report('disk_stuck', health.waitingMs() >= DISK_PATIENCE_MS);
    // A question that hangs as well is not asked a second time.
    if (this.#isAsking) return;
    this.#isAsking = true;
    const bytes = await health.freeBytes();
    this.#isAsking = false;
    // Unknown is neither full nor free again.
    if (bytes === null) return;
    this.#isFull = bytes < minFreeBytes * (this.#isFull ? ROOM_AGAIN : 1);
    this.#halts.report('disk_full', this.#isFull);
  }
}
