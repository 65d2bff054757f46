/** The journal's files: `000000000001.jsonl`, named by the first sequence number each holds. */
import { dirname, join } from 'node:path';
import { type Disk, nodeDisk } from './disk.ts';
import { isMissing } from './durable-file.ts';

const NAME = /^\d{12}\.jsonl$/;
/** Reading in pieces keeps memory flat, however long a segment is. */
const CHUNK_BYTES = 256 * 1024;
/** No record is this long: what is longer is not kept in memory, it is damage. */
const PIECE_MAX_BYTES = 128 * 1024;
const LINE_END = 10;

export function journalFolder(dataFolder: string): string {
  return join(dataFolder, 'journal');
}

export function segmentName(firstSeq: number): string {
  return `${String(firstSeq).padStart(12, '0')}.jsonl`;
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
  readonly text: string;
  /** Where the line begins in its file. */
  readonly offset: number;
  /** False for a last piece without its line end, and for a piece too long. */
  readonly isWhole: boolean;
}

/** The lines of one file with their places; bytes that are not UTF-8 fail their checksum later. */
export async function* readLines(path: string, disk: Disk = nodeDisk): AsyncIterable<RawLine> {
  const handle = await disk.open(path, 'r');
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let rest: Buffer = Buffer.alloc(0);
    let offset = 0;
    let isSkipping = false;
    for (;;) {
      const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES, null);
      if (bytesRead === 0) break;
      const data = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      let start = 0;
      for (let end = data.indexOf(LINE_END); end >= 0; end = data.indexOf(LINE_END, start)) {
        if (!isSkipping) {
          yield { text: data.toString('utf8', start, end), offset: offset + start, isWhole: true };
        }
        isSkipping = false;
        start = end + 1;
      }
      offset += start;
      rest = data.subarray(start);
      if (rest.length > PIECE_MAX_BYTES) {
        if (!isSkipping) yield { text: '', offset, isWhole: false };
        isSkipping = true;
        offset += rest.length;
        rest = Buffer.alloc(0);
      }
    }
    if (rest.length > 0 && !isSkipping) {
      yield { text: rest.toString('utf8'), offset, isWhole: false };
    }
  } finally {
    await handle.close();
  }
}
