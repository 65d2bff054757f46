/**
 * Reads the service's journal with code of its own, so that a fault in the service's reader cannot
 * hide one in its writer. Reads on from where it stopped.
 */
import { closeSync, existsSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';

const lineSchema = z.object({
  seq: z.number(),
  at: z.number(),
  type: z.string(),
  prev: z.string(),
  body: z.unknown(),
});
export type Entry = Omit<z.infer<typeof lineSchema>, 'prev'>;

const CHECKSUM_LENGTH = 8;

export class JournalReader {
  readonly #folder: string;
  #file = 0;
  #offset = 0;
  #seq = 0;
  #checksum = '00000000';

  constructor(dataFolder: string) {
    this.#folder = join(dataFolder, 'journal');
  }

  get records(): number {
    return this.#seq;
  }

  /**
   * The records written since the last call. A last piece that is not whole is left for later: it
   * is being written, or it was torn off and will be cut off.
   * @throws Error when the chain is broken anywhere before that.
   */
  read(): { readonly entries: Entry[]; readonly tornBytes: number } {
    const files = this.#files();
    const entries: Entry[] = [];
    let tornBytes = 0;
    for (; this.#file < files.length; this.#file += 1) {
      if (tornBytes > 0) throw new Error(`a torn end inside ${this.#folder}`);
      const path = join(this.#folder, files[this.#file] ?? '');
      tornBytes = this.#readFile(path, entries);
      if (this.#file === files.length - 1) break;
      this.#offset = 0;
    }
    return { entries, tornBytes };
  }

  #files(): string[] {
    if (!existsSync(this.#folder)) return [];
    return readdirSync(this.#folder)
      .filter((name) => name.endsWith('.jsonl'))
      .sort();
  }

  /** @returns how many bytes at the end are not whole */
  #readFile(path: string, entries: Entry[]): number {
    const bytes = bytesFrom(path, this.#offset);
    let start = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
      const line = bytes.toString('utf8', start, end);
      const entry = this.#parse(line);
      if (entry === null) break;
      entries.push(entry);
      start = end + 1;
    }
    this.#offset += start;
    return bytes.length - start;
  }

  #parse(line: string): Entry | null {
    const checksum = line.slice(0, CHECKSUM_LENGTH);
    const json = line.slice(CHECKSUM_LENGTH + 1);
    if (crc32(json).toString(16).padStart(CHECKSUM_LENGTH, '0') !== checksum) return null;
    const { prev, ...entry } = lineSchema.parse(JSON.parse(json));
    if (entry.seq !== this.#seq + 1 || prev !== this.#checksum) {
      throw new Error(`record ${entry.seq} does not follow record ${this.#seq}`);
    }
    this.#seq = entry.seq;
    this.#checksum = checksum;
    return entry;
  }
}

function bytesFrom(path: string, offset: number): Buffer {
  const handle = openSync(path, 'r');
  try {
    const size = fstatSync(handle).size;
    const bytes = Buffer.alloc(Math.max(0, size - offset));
    let read = 0;
    while (read < bytes.length) {
      const count = readSync(handle, bytes, read, bytes.length - read, offset + read);
      if (count === 0) break;
      read += count;
    }
    return bytes.subarray(0, read);
  } finally {
    closeSync(handle);
  }
}
