import { describe, expect, test } from 'vitest';
import { OWNER_ID } from '../../../src/sim/telegram/index.ts';
import { makeCore, refusal, result } from './rig.ts';

interface Parsed {
  readonly text: string;
  readonly entities?: ReadonlyArray<Record<string, unknown>>;
}

const send = (text: string) => {
  const { core } = makeCore();
  return { core, payload: { chat_id: OWNER_ID, text, parse_mode: 'HTML' } };
};

async function parse(source: string): Promise<Parsed> {
  const { core, payload } = send(source);
  return await result<Parsed>(core, 'sendMessage', payload);
}

describe('HTML becomes text and entities', () => {
  const cases: ReadonlyArray<readonly [string, string, ReadonlyArray<Record<string, unknown>>]> = [
    ['<b>a</b> <i>b</i>', 'a b', [e('bold', 0, 1), e('italic', 2, 1)]],
    ['<u>a</u><s>b</s>', 'ab', [e('underline', 0, 1), e('strikethrough', 1, 1)]],
    ['<tg-spoiler>a</tg-spoiler>', 'a', [e('spoiler', 0, 1)]],
    ['<span class="tg-spoiler">a</span>', 'a', [e('spoiler', 0, 1)]],
    ['<b>a<i>b</i></b>', 'ab', [e('bold', 0, 2), e('italic', 1, 1)]],
    ['<code>x</code>', 'x', [e('code', 0, 1)]],
    ['<pre>x</pre>', 'x', [e('pre', 0, 1)]],
    ['<pre><code class="language-ts">x</code></pre>', 'x', [{ ...e('pre', 0, 1), language: 'ts' }]],
    ['<pre>a <b>b</b></pre>', 'a b', [e('pre', 0, 3)]],
    ['<blockquote>a</blockquote>', 'a', [e('blockquote', 0, 1)]],
    ['<blockquote expandable>a</blockquote>', 'a', [e('expandable_blockquote', 0, 1)]],
    [
      '<a href="https://a.example/?a=1&amp;b=2">x</a>',
      'x',
      [{ ...e('text_link', 0, 1), url: 'https://a.example/?a=1&b=2' }],
    ],
    ['<a href="javascript:x">x</a>', 'x', []],
    [
      '<tg-time unix="1647531900" format="r">soon</tg-time>',
      'soon',
      [{ ...e('date_time', 0, 4), unix_time: 1647531900, date_time_format: 'r' }],
    ],
    ['a &lt;b&gt; &amp; &quot;c&quot; &#65; &nope;', 'a <b> & "c" A &nope;', []],
    ['😀<b>x</b>', '😀x', [e('bold', 2, 1)]],
    ['  <b>x</b>  ', 'x', [e('bold', 0, 1)]],
    [
      'see /help or https://a.example.',
      'see /help or https://a.example.',
      [e('bot_command', 4, 5), e('url', 13, 17)],
    ],
    ['<code>/help</code>', '/help', [e('code', 0, 5)]],
    ['1/2 and a/b', '1/2 and a/b', []],
  ];
  test.each(cases)('%s', async (source, text, entities) => {
    const parsed = await parse(source);
    expect(parsed.text).toBe(text);
    expect(parsed.entities ?? []).toEqual(entities);
  });
});

describe('HTML that Telegram cannot read is refused with its place', () => {
  const cases: ReadonlyArray<readonly [string, string]> = [
    ['<b>x', 'Can\'t find end tag corresponding to start tag "b"'],
    ['é<x>y</x>', 'Unsupported start tag "x" at byte offset 2'],
    ['<b>x</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
    ['x</b>', 'Unexpected end tag at byte offset 1'],
    ['a < b', 'Unclosed start tag at byte offset 2'],
    ['<b', 'Unclosed start tag at byte offset 0'],
    ['<span class="red">x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
    ['<a href=x?y>x</a>', 'Unexpected end of name token at byte offset 8'],
    ['<tg-time unix="soon">x</tg-time>', 'Invalid Unix time "soon"'],
    ['<tg-time unix="1" format="rD">x</tg-time>', 'Invalid date-time format "rD"'],
  ];
  test.each(cases)('%s', async (source, expected) => {
    const { core, payload } = send(source);
    const said = await refusal(core, 'sendMessage', payload);
    expect(said).toContain(`400 Bad Request: can't parse entities: `);
    expect(said).toContain(expected);
  });
});

function e(type: string, offset: number, length: number): Record<string, unknown> {
  return { type, offset, length };
}
