import { type ApiRefusal, badRequest } from '../reply.ts';

const NAMED = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
]);

export function cannotParse(reason: string): ApiRefusal {
  return badRequest(`can't parse entities: ${reason}`);
}

/** Telegram names the place of an error in UTF-8 bytes. */
export function byteOffset(source: string, index: number): number {
  return Buffer.byteLength(source.slice(0, index), 'utf8');
}

/** One `&…;` at `at`. Unknown names stay as they are, as Telegram leaves them. */
export function decodeEntity(source: string, at: number): { text: string; next: number } {
  const literal = { text: '&', next: at + 1 };
  const match = /^&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]+));?/.exec(source.slice(at, at + 12));
  if (match === null) return literal;
  const [whole, decimal, hex, name] = match;
  const next = at + whole.length;
  if (name !== undefined) {
    const known = NAMED.get(name);
    return known === undefined ? literal : { text: known, next };
  }
  const code = decimal === undefined ? Number.parseInt(hex ?? '0', 16) : Number(decimal);
  if (code === 0 || code > 0x10ffff) return literal;
  return { text: String.fromCodePoint(code), next };
}

export function decodeAll(source: string): string {
  let text = '';
  let at = 0;
  while (at < source.length) {
    const piece =
      source[at] === '&' ? decodeEntity(source, at) : { text: source[at] ?? '', next: at + 1 };
    text += piece.text;
    at = piece.next;
  }
  return text;
}
