/** The settings in force as the journal tells them, read without the engine's help. */
import { z } from 'zod';
import type { EngineDoor } from '../../engine/index.ts';
import type { DurableRecord } from './journal-watch.ts';

const settingsSchema = z.object({
  changes: z.array(z.object({ key: z.string(), after: z.unknown(), overrides: z.boolean() })),
});

export class SettingsFold {
  readonly #overrides = new Map<string, unknown>();

  onRecord(record: DurableRecord): void {
    if (record.type !== 'settings') return;
    for (const { key, after, overrides } of settingsSchema.parse(record.body).changes) {
      if (overrides) this.#overrides.set(key, after);
      else this.#overrides.delete(key);
    }
  }

  /** Undefined while the file's value counts. */
  valueOf(key: string): unknown {
    return this.#overrides.get(key);
  }

  /** What is shown otherwise than it is on disk; null when nothing is. */
  objection(door: EngineDoor): string | null {
    const shown = describe(door.settings().overrides);
    const durable = describe([...this.#overrides].map(([key, value]) => ({ key, value })));
    return shown === durable ? null : `shows ${shown}, journal says ${durable}`;
  }
}

function describe(overrides: readonly { readonly key: string; readonly value: unknown }[]): string {
  return overrides
    .map(({ key, value }) => `${key}=${JSON.stringify(value)}`)
    .sort()
    .join(' ');
}
