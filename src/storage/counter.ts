import { z } from 'zod';
import type { Counter } from '../ports/counter.ts';
import type { Logger } from '../ports/logger.ts';
import { openDocument } from './document.ts';

const counterSchema = z.object({ reservedTo: z.number().int().nonnegative() });

/** The highest number ever reserved is on disk before any of a new range is handed out. */
export async function openCounter(path: string, log: Logger): Promise<Counter> {
  const document = await openDocument(path, counterSchema, { reservedTo: 0 }, log);
  return {
    async reserveAbove(floor, count) {
      let from = 0;
      await document.update(({ reservedTo }) => {
        from = Math.max(reservedTo, floor) + 1;
        return { reservedTo: from + count - 1 };
      });
      return { from, to: from + count - 1 };
    },
  };
}
