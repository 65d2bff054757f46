/** Telegram's HTML: the tags it knows, its entities, and its errors with byte offsets. */
import type { MessageEntity } from '@grammyjs/types';
import { type Attributes, readTag } from './html-tag.ts';
import { byteOffset, cannotParse, decodeEntity } from './html-text.ts';

export interface Formatted {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
}

interface OpenTag {
  readonly name: string;
  readonly attributes: Attributes;
  readonly start: number;
}

interface Range {
  readonly offset: number;
  readonly length: number;
}

interface Parse {
  readonly source: string;
  readonly open: OpenTag[];
  readonly entities: MessageEntity[];
  text: string;
  /** `<pre>` closes after the `<code class="language-x">` inside it: its language waits here. */
  codeLanguage: string | undefined;
}

type TimeFormat = MessageEntity.DateTimeMessageEntity['date_time_format'];

const SIMPLE = new Map<string, 'bold' | 'italic' | 'underline' | 'strikethrough' | 'spoiler'>([
  ['b', 'bold'],
  ['strong', 'bold'],
  ['i', 'italic'],
  ['em', 'italic'],
  ['u', 'underline'],
  ['ins', 'underline'],
  ['s', 'strikethrough'],
  ['strike', 'strikethrough'],
  ['del', 'strikethrough'],
  ['tg-spoiler', 'spoiler'],
  ['span', 'spoiler'],
]);
const OTHER = new Set(['a', 'code', 'pre', 'blockquote', 'tg-emoji', 'tg-time']);

/** @throws ApiRefusal 400 "can't parse entities: …" with the byte offset, as Telegram does */
export function parseHtml(source: string): Formatted {
  const parse: Parse = { source, open: [], entities: [], text: '', codeLanguage: undefined };
  let at = 0;
  while (at < source.length) {
    if (source[at] === '&') {
      const decoded = decodeEntity(source, at);
      parse.text += decoded.text;
      at = decoded.next;
    } else if (source[at] !== '<') {
      parse.text += source[at];
      at += 1;
    } else {
      at = source[at + 1] === '/' ? closeTag(parse, at) : openTag(parse, at);
    }
  }
  const unclosed = parse.open.at(-1);
  if (unclosed !== undefined) {
    throw cannotParse(`Can't find end tag corresponding to start tag "${unclosed.name}"`);
  }
  return { text: parse.text, entities: parse.entities };
}

export function isTimeFormat(format: string): format is TimeFormat {
  return /^(r|w?[dD]?[tT]?)$/.test(format);
}

function openTag(parse: Parse, begin: number): number {
  const tag = readTag(parse.source, begin);
  const offset = byteOffset(parse.source, begin);
  if (!SIMPLE.has(tag.name) && !OTHER.has(tag.name)) {
    throw cannotParse(`Unsupported start tag "${tag.name}" at byte offset ${offset}`);
  }
  if (tag.name === 'span' && tag.attributes.get('class') !== 'tg-spoiler') {
    throw cannotParse(`Tag "span" must have class "tg-spoiler" at byte offset ${offset}`);
  }
  parse.open.push({ name: tag.name, attributes: tag.attributes, start: parse.text.length });
  return tag.next;
}

function closeTag(parse: Parse, begin: number): number {
  const offset = byteOffset(parse.source, begin);
  const tag = parse.open.pop();
  if (tag === undefined) throw cannotParse(`Unexpected end tag at byte offset ${offset}`);
  const match = /^<\/([^\s>]*)\s*>/.exec(parse.source.slice(begin));
  if (match === null) throw cannotParse(`Unclosed end tag at byte offset ${offset}`);
  const found = (match[1] ?? '').toLowerCase();
  if (found !== '' && found !== tag.name) {
    throw cannotParse(
      `Unmatched end tag at byte offset ${offset}, expected "</${tag.name}>", found "</${found}>"`,
    );
  }
  const length = parse.text.length - tag.start;
  if (length > 0) addEntity(parse, tag, { offset: tag.start, length });
  return begin + match[0].length;
}

function addEntity(parse: Parse, tag: OpenTag, range: Range): void {
  const { entities } = parse;
  const simple = SIMPLE.get(tag.name);
  if (simple !== undefined) {
    entities.push({ type: simple, ...range });
  } else if (tag.name === 'a') {
    addLink(tag, range, entities);
  } else if (tag.name === 'blockquote') {
    const folded = tag.attributes.has('expandable');
    entities.push({ type: folded ? 'expandable_blockquote' : 'blockquote', ...range });
  } else if (tag.name === 'tg-emoji') {
    const id = tag.attributes.get('emoji-id') ?? '';
    entities.push({ type: 'custom_emoji', custom_emoji_id: id, ...range });
  } else if (tag.name === 'tg-time') {
    addTime(tag, range, entities);
  } else {
    addCode(parse, tag, range);
  }
}

/** Telegram drops a link it cannot open and keeps its text. */
function addLink(tag: OpenTag, range: Range, entities: MessageEntity[]): void {
  const href = tag.attributes.get('href') ?? '';
  if (/^(https?|tg|ton|mailto|tel):/i.test(href)) {
    entities.push({ type: 'text_link', url: href, ...range });
  }
}

function addTime(tag: OpenTag, range: Range, entities: MessageEntity[]): void {
  const unix = tag.attributes.get('unix') ?? '';
  const format = tag.attributes.get('format') ?? '';
  if (!/^\d{1,12}$/.test(unix)) {
    throw cannotParse(`Invalid Unix time "${unix}" in the tag "tg-time"`);
  }
  if (!isTimeFormat(format)) {
    throw cannotParse(`Invalid date-time format "${format}" in the tag "tg-time"`);
  }
  const unixTime = Number(unix);
  entities.push({ type: 'date_time', unix_time: unixTime, date_time_format: format, ...range });
}

function addCode(parse: Parse, tag: OpenTag, range: Range): void {
  const { entities } = parse;
  if (tag.name === 'code') {
    const name = tag.attributes.get('class');
    parse.codeLanguage = name?.startsWith('language-') ? name.slice(9) : undefined;
    entities.push({ type: 'code', ...range });
    return;
  }
  const last = entities.at(-1);
  const wraps =
    last?.type === 'code' && last.offset === range.offset && last.length === range.length;
  if (wraps) entities.pop();
  const language = wraps ? parse.codeLanguage : undefined;
  entities.push({ type: 'pre', ...range, ...(language ? { language } : {}) });
}
