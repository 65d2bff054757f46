/** The journal's files: `000000000001.jsonl`, named by the first sequence number each holds. */
import { basename, dirname, join } from 'node:path';
import { type Disk, nodeDisk } from './disk.ts';
import { isMissing } from './durable-file.ts';

const NAME = /^\d{12}\.jsonl$/;
/** Reading in pieces keeps memory flat, however long a segment is. */
const CHUNK_BYTES = 64 * 1024;
/** No record is this long: what is longer is not kept in memory, it is damage. */
const PIECE_MAX_BYTES = 128 * 1024;
const LINE_END = 10;

export function journalFolder(dataFolder: string): string {
  return join(dataFolder, 'journal');
}

export function segmentName(firstSeq: number): string {
  return `${String(firstSeq).padStart(12, '0')}.jsonl`;
}

export function firstSeqNamedBy(path: string): number {
  return Number(basename(path, '.jsonl'));
}

/** Paths in order; an empty list when there is no journal yet. Changes nothing on disk. */
export async function listSegments(folder: string, disk: Disk = nodeDisk): Promise<string[]> {
  const names = await disk.list(folder).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  return names
    .filter((name) => NAME.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** A new segment that is there after a power cut: file and folder are synced. */
export async function createSegment(
  folder: string,
  firstSeq: number,
  disk: Disk = nodeDisk,
): Promise<string> {
  if (await disk.makeFolder(folder)) await disk.syncFolder(dirname(folder));
  const path = join(folder, segmentName(firstSeq));
  const handle = await disk.open(path, 'ax');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await disk.syncFolder(folder);
  return path;
}

export interface RawLine {
  /** Without its line end; empty for a piece too long to be a record. */
  readonly bytes: Buffer;
  /** Where the line begins in its file. */
  readonly offset: number;
  /** False for a last piece without its line end, and for a piece too long. */
  readonly isWhole: boolean;
}

/**
 * The lines of one file with their places, as many at a time as one read brings: to wait for each
 * line would cost more than the line does.
 */
export async function* readLines(
  path: string,
  disk: Disk = nodeDisk,
): AsyncGenerator<readonly RawLine[]> {
  const handle = await disk.open(path, 'r');
  try {
    const splitter = new LineSplitter();
    const chunk = Buffer.alloc(CHUNK_BYTES);
    for (;;) {
      const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES, null);
      if (bytesRead === 0) break;
      yield splitter.take(chunk.subarray(0, bytesRead));
    }
    yield splitter.end();
  } finally {
    await handle.close();
  }
}

/** Cuts what is read into lines; holds no more than one of them. */
class LineSplitter {
  #rest: Buffer = Buffer.alloc(0);
  /** Where the rest begins in the file. */
  #offset = 0;
  #isSkipping = false;

  take(piece: Buffer): RawLine[] {
    // A copy, for the piece is read into again while its lines are looked at.
    const data = Buffer.concat([this.#rest, piece]);
    const lines: RawLine[] = [];
    let start = 0;
    for (let end = data.indexOf(LINE_END); end >= 0; end = data.indexOf(LINE_END, start)) {
      if (!this.#isSkipping) {
        const bytes = data.subarray(start, end);
        lines.push({ bytes, offset: this.#offset + start, isWhole: true });
      }
      this.#isSkipping = false;
      start = end + 1;
    }
    this.#offset += start;
    this.#rest = data.subarray(start);
    if (this.#rest.length > PIECE_MAX_BYTES) lines.push(...this.#skip());
    return lines;
  }

  end(): RawLine[] {
    if (this.#rest.length === 0 || this.#isSkipping) return [];
    return [{ bytes: this.#rest, offset: this.#offset, isWhole: false }];
  }

  /** Forgets what cannot be a record, up to the next line end. */
  #skip(): RawLine[] {
    const bytes = Buffer.alloc(0);
    const lines = this.#isSkipping ? [] : [{ bytes, offset: this.#offset, isWhole: false }];
    this.#isSkipping = true;
    this.#offset += this.#rest.length;
    this.#rest = bytes;
    return lines;
  }
}
