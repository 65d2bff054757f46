/** Writes the outbox to its document: changes of one moment share one write. */
import { messageOf } from '../../core/errors.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Document } from '../../ports/store.ts';
import type { OutboxState } from './outbox-state.ts';

export class Shelf {
  readonly #document: Document<OutboxState>;
  readonly #log: Logger;
  readonly #snapshot: () => OutboxState;
  #isDirty = false;
  #writing: Promise<void> | null = null;

  constructor(document: Document<OutboxState>, log: Logger, snapshot: () => OutboxState) {
    this.#document = document;
    this.#log = log;
    this.#snapshot = snapshot;
  }

  /** Something changed: written soon. */
  touch(): void {
    this.#isDirty = true;
    this.#writing ??= this.#write();
  }

  /**
   * Resolves when the present state is on disk, or could not be put there: a failing disk is told
   * in the log and must not silence alerts.
   */
  async flush(): Promise<void> {
    while (this.#isDirty || this.#writing !== null) {
      this.#writing ??= this.#write();
      await this.#writing;
    }
  }

  async #write(): Promise<void> {
    // What else changes in this tick goes into the same write.
    await Promise.resolve();
    this.#isDirty = false;
    try {
      await this.#document.update(() => this.#snapshot());
    } catch (error) {
      this.#log.error({ reason: messageOf(error) }, 'outbox not saved');
    }
    this.#writing = null;
    if (this.#isDirty) this.#writing = this.#write();
  }
}
