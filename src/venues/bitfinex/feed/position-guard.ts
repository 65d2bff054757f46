/**
 * Keeps late frames from undoing newer ones: an update older than the last one seen for its
 * position is dropped, and so is any update of a closed position. Repeats are harmless.
 */
const REMEMBERED_MAX = 1_000;

export class PositionGuard {
  /** The newest MTS_UPDATE per position id; Infinity once it is closed. */
  readonly #newest = new Map<string, number>();

  /** A snapshot is the whole truth: what came before it no longer matters. */
  reset(): void {
    this.#newest.clear();
  }

  /** False for an update older than what is known. `updatedAt` null: the row does not say. */
  admits(positionId: string, updatedAt: number | null): boolean {
    const newest = this.#newest.get(positionId);
    if (
      newest !== undefined &&
      newest > (updatedAt ?? 0) &&
      (updatedAt !== null || closed(newest))
    ) {
      return false;
    }
    if (updatedAt !== null) this.#remember(positionId, updatedAt);
    return true;
  }

  close(positionId: string): void {
    this.#remember(positionId, Number.POSITIVE_INFINITY);
  }

  /** The venue announces a position as new: an id it uses again starts afresh. */
  open(positionId: string): void {
    this.#newest.delete(positionId);
  }

  #remember(positionId: string, at: number): void {
    // Deleting first moves the entry to the end, so the oldest is the one to forget.
    this.#newest.delete(positionId);
    this.#newest.set(positionId, at);
    for (const oldest of this.#newest.keys()) {
      if (this.#newest.size <= REMEMBERED_MAX) break;
      this.#newest.delete(oldest);
    }
  }
}

function closed(newest: number): boolean {
  return newest === Number.POSITIVE_INFINITY;
}
