import fc from 'fast-check';
import { expect, test } from 'vitest';
import { paged, plainText } from '../../../src/bot/outbox/paging.ts';
import { escapeHtml, shownLength } from '../../../src/bot/views/html.ts';

const word = fc.string({ unit: 'grapheme', maxLength: 30 }).map(escapeHtml);
const piece = fc.tuple(fc.constantFrom('b', 'i', 'code', ''), word, fc.constantFrom(' ', '\n', ''));
const text = fc
  .array(piece, { maxLength: 60 })
  .map((all) => all.map(([tag, inner, gap]) => wrap(tag, inner + gap)).join(''));

function wrap(tag: string, inner: string): string {
  return tag === '' ? inner : `<${tag}>${inner}</${tag}>`;
}

test('pages fit, are whole markup, and together say what the text says', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 40, max: 200 }), (html, max) => {
      const pages = paged(html, max);
      for (const page of pages) {
        expect(shownLength(page)).toBeLessThanOrEqual(max);
        const tags = [...page.matchAll(/<(\/?)(\w+)>/g)];
        const depth = tags.reduce((sum, [, close]) => sum + (close ? -1 : 1), 0);
        expect(depth).toBe(0);
      }
      expect(pages.map(plainText).join('')).toBe(plainText(html));
    }),
    { numRuns: 300 },
  );
});

test('a text that fits stays as it is', () => {
  expect(paged('<b>a</b> &amp; b')).toEqual(['<b>a</b> &amp; b']);
});
