/** Numbers that only rise: the highest one reserved is on disk before any of a range is used. */
import { z } from 'zod';
import { assert } from '../core/errors.ts';
import type { Counter } from '../ports/counter.ts';
import type { Logger } from '../ports/logger.ts';
import { type Disk, nodeDisk } from './disk.ts';
import { previousOf, replaceFile, unlessMissing } from './durable-file.ts';
import { StorageError } from './errors.ts';

interface Range {
  readonly from: number;
  readonly to: number;
}

const counterSchema = z.object({ reservedTo: z.int().nonnegative() });

/**
 * Unlike a document, a counter keeps its latest value in both of its files: going back to an older
 * one would hand out numbers a second time.
 * @throws StorageError when neither file can be read although one is there.
 */
export async function openCounter(
  path: string,
  log: Logger,
  disk: Disk = nodeDisk,
): Promise<Counter> {
  const copies = [path, previousOf(path)];
  let reservedTo = await readHighest(copies, log, disk);
  let queue: Promise<void> = Promise.resolve();

  async function reserve(floor: number, count: number, reach: number): Promise<Range> {
    const from = Math.max(reservedTo, floor) + 1;
    const to = Math.max(from + count - 1, reach);
    const isExact = Number.isSafeInteger(from) && Number.isSafeInteger(to);
    assert(isExact, `a counter below 2^53, was ${to}`);
    // Also after a failed write the range counts as gone: it may be on disk.
    reservedTo = to;
    const content = `${JSON.stringify({ reservedTo })}\n`;
    for (const copy of copies) await replaceFile(copy, content, { disk });
    return { from, to };
  }

  return {
    reserveAbove(floor, count, reach = 0) {
      assert(Number.isSafeInteger(floor), `a whole number as floor, was ${floor}`);
      assert(Number.isSafeInteger(count) && count > 0, `a positive whole count, was ${count}`);
      assert(Number.isSafeInteger(reach), `a whole number as reach, was ${reach}`);
      const reserved = queue.then(() => reserve(floor, count, reach));
      // A failed write is its caller's to handle; the next one starts afresh.
      queue = reserved.then(
        () => undefined,
        () => undefined,
      );
      return reserved;
    },
  };
}

async function readHighest(copies: readonly string[], log: Logger, disk: Disk): Promise<number> {
  let highest = 0;
  let damaged = 0;
  let valid = 0;
  for (const path of copies) {
    const text = await disk.readText(path).catch(unlessMissing);
    if (text === undefined) continue;
    const stored = parse(text);
    if (stored === null) {
      damaged += 1;
      log.warn({ path }, 'counter unreadable, its other copy is used');
    } else {
      valid += 1;
      highest = Math.max(highest, stored);
    }
  }
  if (damaged > 0 && valid === 0) {
    throw new StorageError(
      `expected a number in ${copies.join(' or ')}, both are damaged: restore them from a copy, ` +
        'or delete them when the clock of this machine is right',
    );
  }
  return highest;
}

function parse(text: string): number | null {
  try {
    return counterSchema.parse(JSON.parse(text)).reservedTo;
  } catch {
    return null;
  }
}
