/** The settings in force as the journal tells them, read without the engine's help. */
import { z } from 'zod';
import type { DurableRecord } from './journal-watch.ts';

const settingsSchema = z.object({
  changes: z.array(z.object({ key: z.string(), after: z.unknown(), overrides: z.boolean() })),
});

export class SettingsFold {
  readonly #overrides = new Map<string, unknown>();
  #changedAt = 0;

  /** When the last change became durable. */
  get changedAt(): number {
    return this.#changedAt;
  }

  onRecord(record: DurableRecord, at: number): void {
    if (record.type !== 'settings') return;
    this.#changedAt = at;
    for (const { key, after, overrides } of settingsSchema.parse(record.body).changes) {
      if (overrides) this.#overrides.set(key, after);
      else this.#overrides.delete(key);
    }
  }

  /** Undefined while the file's value counts. */
  valueOf(key: string): unknown {
    return this.#overrides.get(key);
  }

  /** Comparable with what the engine shows. */
  text(): string {
    return describe([...this.#overrides].map(([key, value]) => ({ key, value })));
  }
}

export function describe(
  overrides: readonly { readonly key: string; readonly value: unknown }[],
): string {
  return overrides
    .map(({ key, value }) => `${key}=${JSON.stringify(value)}`)
    .sort()
    .join(' ');
}
