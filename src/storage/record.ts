/**
 * One journal line: `<crc32, 8 hex digits> <json>\n`. The JSON carries the sequence number, the
 * time, the type, the body, and the checksum of the line before, which chains them.
 */
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { JournalRecord } from '../ports/journal.ts';
import { StorageError } from './errors.ts';

const LINE_MAX_BYTES = 64 * 1024;
const CHECKSUM_LENGTH = 8;
/** What the first record names as the line before it. */
export const NO_PREVIOUS = '00000000';

const storedSchema = z.object({
  seq: z.number().int().positive(),
  at: z.number(),
  type: z.string(),
  prev: z.string().length(CHECKSUM_LENGTH),
  body: z.unknown(),
});

export interface Line {
  readonly record: JournalRecord;
  readonly previous: string;
  readonly checksum: string;
}

/** @throws StorageError when the record is larger than 64 KiB. */
export function encodeLine(
  record: JournalRecord,
  previous: string,
): { readonly text: string; readonly checksum: string } {
  const { seq, at, type, body } = record;
  const json = JSON.stringify({ seq, at, type, prev: previous, body });
  const size = Buffer.byteLength(json);
  if (size > LINE_MAX_BYTES) {
    throw new StorageError(`expected a record of at most ${LINE_MAX_BYTES} bytes, was ${size}`);
  }
  const checksum = checksumOf(json);
  return { text: `${checksum} ${json}\n`, checksum };
}

/** Null when the line is not whole: torn, mangled or not a record at all. */
export function decodeLine(text: string): Line | null {
  const checksum = text.slice(0, CHECKSUM_LENGTH);
  const json = text.slice(CHECKSUM_LENGTH + 1);
  if (text[CHECKSUM_LENGTH] !== ' ' || checksumOf(json) !== checksum) return null;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null;
  }
  const stored = storedSchema.safeParse(value);
  if (!stored.success) return null;
  const { prev, seq, at, type, body } = stored.data;
  return { record: { seq, at, type, body }, previous: prev, checksum };
}

const RECORD_START = /[0-9a-f]{8} \{"seq":/g;

/** True when a whole record stands inside a bad line: a lost line end, which no crash makes. */
export function hidesRecord(text: string): boolean {
  for (const { index } of text.matchAll(RECORD_START)) {
    if (index > 0 && decodeLine(text.slice(index))) return true;
  }
  return false;
}

function checksumOf(json: string): string {
  return crc32(json).toString(16).padStart(CHECKSUM_LENGTH, '0');
}
