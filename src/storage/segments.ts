/** The journal's files: `000000000001.jsonl`, named by the first sequence number each holds. */
import { mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FILE_MODE, FOLDER_MODE, syncFolder } from './durable-file.ts';

const NAME = /^\d{12}\.jsonl$/;
/** Reading in pieces keeps memory flat, however long a segment is. */
const CHUNK_BYTES = 256 * 1024;

export function segmentName(firstSeq: number): string {
  return `${String(firstSeq).padStart(12, '0')}.jsonl`;
}

/** Paths in order; an empty list when there is no journal yet. */
export async function listSegments(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  const names = await readdir(folder);
  return names
    .filter((name) => NAME.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** A new segment that is there after a power cut: file and folder are synced. */
export async function createSegment(folder: string, firstSeq: number): Promise<string> {
  const path = join(folder, segmentName(firstSeq));
  const handle = await open(path, 'ax', FILE_MODE);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncFolder(folder);
  return path;
}

export interface RawLine {
  readonly text: string;
  /** Where the line begins in its file. */
  readonly offset: number;
  /** False for a last piece without its line end. */
  readonly isWhole: boolean;
}

/** The lines of one file with their places; bytes that are not UTF-8 fail their checksum later. */
export async function* readLines(path: string): AsyncIterable<RawLine> {
  const handle = await open(path, 'r');
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let rest = Buffer.alloc(0);
    let offset = 0;
    for (;;) {
      const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES, null);
      if (bytesRead === 0) break;
      let data = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      for (let end = data.indexOf(10); end >= 0; end = data.indexOf(10)) {
        yield { text: data.toString('utf8', 0, end), offset, isWhole: true };
        offset += end + 1;
        data = data.subarray(end + 1);
      }
      rest = Buffer.from(data);
    }
    if (rest.length > 0) yield { text: rest.toString('utf8'), offset, isWhole: false };
  } finally {
    await handle.close();
  }
}
