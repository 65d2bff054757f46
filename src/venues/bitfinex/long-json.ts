/**
 * A list of a thousand rows is 300 KB of text: read in one go it holds up every price that arrives
 * meanwhile. Here its rows are read a few at a time, with the very same result.
 */
import type { Breathe } from './in-slices.ts';
import { parseWire } from './wire-json.ts';

/** Shorter texts are read in one go. */
const LONG = 16 * 1024;
/** What is read between two breaths: well under a millisecond. */
const SLICE_LENGTH = 8 * 1024;

const QUOTE = 34;
const COMMA = 44;
const OPEN = 91;
const BACKSLASH = 92;
const CLOSE = 93;

/** As `parseWire`. @throws WireFormatError */
export async function parseLong(text: string, breathe: Breathe): Promise<unknown> {
  const isList = text.length >= LONG && text.startsWith('[[');
  const rows = isList ? await parseRows(text, breathe) : null;
  return rows ?? parseWire(text);
}

/** Null when the text is not a plain list of lists: then it has to be read whole. */
async function parseRows(text: string, breathe: Breathe): Promise<unknown[] | null> {
  const rows: unknown[] = [];
  let breathedAt = 0;
  let from = 1;
  for (;;) {
    const end = text.charCodeAt(from) === OPEN ? endOfList(text, from) : -1;
    if (end < 0) return null;
    rows.push(parseWire(text.slice(from, end)));
    const next = text.charCodeAt(end);
    if (next === CLOSE && end === text.length - 1) return rows;
    if (next !== COMMA) return null;
    from = end + 1;
    if (from - breathedAt < SLICE_LENGTH) continue;
    breathedAt = from;
    await breathe();
  }
}

/** The place after the bracket that closes the list which opens at `from`; -1 without one. */
function endOfList(text: string, from: number): number {
  let depth = 0;
  let isText = false;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isText) {
      if (code === BACKSLASH) at += 1;
      else if (code === QUOTE) isText = false;
    } else if (code === QUOTE) isText = true;
    else if (code === OPEN) depth += 1;
    else if (code === CLOSE) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}
