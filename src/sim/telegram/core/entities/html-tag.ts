import { byteOffset, cannotParse, decodeAll } from './html-text.ts';

export type Attributes = ReadonlyMap<string, string>;

/** One start tag with its attributes, as Telegram's own parser reads it. */
export function readTag(
  source: string,
  begin: number,
): { name: string; attributes: Attributes; next: number } {
  const unclosed = (): Error =>
    cannotParse(`Unclosed start tag at byte offset ${byteOffset(source, begin)}`);
  const name = /^<([^\s>]*)/.exec(source.slice(begin))?.[1]?.toLowerCase() ?? '';
  const attributes = new Map<string, string>();
  let at = begin + 1 + name.length;
  for (;;) {
    at = skipSpace(source, at);
    if (at >= source.length) throw unclosed();
    if (source[at] === '>') return { name, attributes, next: at + 1 };
    const key = /^[^\s=>/"']+/.exec(source.slice(at))?.[0];
    if (key === undefined) {
      const where = byteOffset(source, begin);
      throw cannotParse(`Empty attribute name in the tag "${name}" at byte offset ${where}`);
    }
    at = skipSpace(source, at + key.length);
    if (source[at] !== '=') {
      attributes.set(key.toLowerCase(), '');
      continue;
    }
    at = skipSpace(source, at + 1);
    if (at >= source.length) throw unclosed();
    const value = readValue(source, at, unclosed);
    attributes.set(key.toLowerCase(), value.text);
    at = value.next;
  }
}

function readValue(
  source: string,
  at: number,
  unclosed: () => Error,
): { text: string; next: number } {
  const quote = source[at];
  if (quote !== '"' && quote !== "'") {
    const word = /^[A-Za-z0-9.-]*/.exec(source.slice(at))?.[0] ?? '';
    const next = at + word.length;
    if (next >= source.length) throw unclosed();
    if (!/[\s>]/.test(source[next] ?? '')) {
      throw cannotParse(`Unexpected end of name token at byte offset ${byteOffset(source, at)}`);
    }
    return { text: word.toLowerCase(), next };
  }
  const end = source.indexOf(quote, at + 1);
  if (end < 0) throw unclosed();
  return { text: decodeAll(source.slice(at + 1, end)), next: end + 1 };
}

function skipSpace(source: string, from: number): number {
  let at = from;
  while (at < source.length && /\s/.test(source[at] ?? '')) at += 1;
  return at;
}
