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
const JSON_START = CHECKSUM_LENGTH + 1;
const SPACE = 0x20;
/** What the first record names as the line before it. */
export const NO_PREVIOUS = '00000000';

const storedSchema = z.object({
  seq: z.number().int().positive(),
  at: z.number(),
  type: z.string(),
  prev: z.string().length(CHECKSUM_LENGTH),
  body: z.unknown(),
});

/** What ties a line to the one before it. */
export interface LineHead {
  readonly seq: number;
  readonly at: number;
  readonly previous: string;
  readonly checksum: string;
}

/** A line with all it says. */
export interface Line extends LineHead {
  readonly record: JournalRecord;
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
export function decodeLine(line: Buffer): Line | null {
  const checksum = checksumWithin(line);
  const stored = checksum === null ? null : parseStored(line);
  if (checksum === null || !stored) return null;
  const { prev: previous, seq, at, type, body } = stored;
  return { seq, at, previous, checksum, record: { seq, at, type, body } };
}

/** As `encodeLine` writes it: then the checksum already says that the rest is what was written. */
const HEAD = /^\{"seq":(\d+),"at":(\d+),"type":"[^"\\]*","prev":"([0-9a-f]{8})","body":/;
const HEAD_MAX_BYTES = 160;

/**
 * Checks a line and reads what chains it, at a fraction of what its body would cost to read.
 * Null as for `decodeLine`.
 */
export function decodeHead(line: Buffer): LineHead | null {
  const checksum = checksumWithin(line);
  if (checksum === null) return null;
  const found = HEAD.exec(line.toString('latin1', JSON_START, JSON_START + HEAD_MAX_BYTES));
  if (found) {
    const [, seq, at, previous = ''] = found;
    return { seq: Number(seq), at: Number(at), previous, checksum };
  }
  const stored = parseStored(line);
  return stored && { seq: stored.seq, at: stored.at, previous: stored.prev, checksum };
}

const RECORD_START = /[0-9a-f]{8} \{"seq":/g;

/** True when a whole record stands inside a bad line: a lost line end, which no crash makes. */
export function hidesRecord(line: Buffer): boolean {
  for (const { index } of line.toString('latin1').matchAll(RECORD_START)) {
    if (index > 0 && decodeLine(line.subarray(index))) return true;
  }
  return false;
}

function parseStored(line: Buffer): z.infer<typeof storedSchema> | null {
  let value: unknown;
  try {
    value = JSON.parse(line.toString('utf8', JSON_START));
  } catch {
    return null;
  }
  return storedSchema.safeParse(value).data ?? null;
}

/** The checksum that a line names; null when it is not that of its JSON. */
function checksumWithin(line: Buffer): string | null {
  if (line[CHECKSUM_LENGTH] !== SPACE) return null;
  const checksum = line.toString('latin1', 0, CHECKSUM_LENGTH);
  return checksum === checksumOf(line.subarray(JSON_START)) ? checksum : null;
}

function checksumOf(json: string | Buffer): string {
  return crc32(json).toString(16).padStart(CHECKSUM_LENGTH, '0');
}
