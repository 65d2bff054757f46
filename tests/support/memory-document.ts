import type { Document } from '../../src/ports/store.ts';

/** A document that no disk holds. */
export function memoryDocument<T>(initial: T): Document<T> {
  let value = initial;
  return {
    read: () => value,
    update: async (change) => {
      value = change(value);
    },
  };
}
