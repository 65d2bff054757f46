import { describe, expect, test } from 'vitest';
import { LOCALES } from '../../../src/bot/i18n/locale.ts';
import { loadCatalogue } from '../../../src/bot/i18n/words.ts';
import { outcomeReason, REASON_CODES, reasonText } from '../../../src/bot/views/reason.ts';
import { denied, rejected, unknown } from '../../../src/core/outcome.ts';
import { sourcesIn } from '../../tidy/sources.ts';

const catalogue = loadCatalogue();
const t = catalogue('en');

describe('reasons', () => {
  test('a code is told in the language of the reader', () => {
    const texts = LOCALES.map((locale) => reasonText('position_changed', catalogue(locale)));
    expect(texts).toEqual([
      'the position has changed since',
      '仓位已变动',
      '倉位已變動',
      '그사이 포지션이 바뀜',
    ]);
  });

  test('a code may carry a detail', () => {
    expect(reasonText('request_limit: 12', t)).toBe('request limit reached, free again in 12 s');
    expect(reasonText('not_sent: connect refused\nat once', t)).toContain('refused\nat once”');
  });

  test('what is no code of ours is quoted as it came, and cut when it is very long', () => {
    expect(reasonText('HTTP 502', t)).toBe('“HTTP 502”');
    expect(reasonText('HTTP 502', catalogue('zh-Hant'))).toBe('「HTTP 502」');
    expect(reasonText('constructor: x', t)).toBe('“constructor: x”');
    expect(reasonText('x'.repeat(10_000), t)).toHaveLength(203);
    expect(reasonText('', t)).toBe('');
  });

  test('a refusal of the exchange is quoted without its number, ours are told', () => {
    expect(outcomeReason(rejected('10001', 'not enough'), t)).toBe('“not enough”');
    expect(outcomeReason(rejected('position_gone', 'x'), t)).toBe('the position no longer exists');
    expect(outcomeReason(denied('paused'), t)).toBe('paused');
    expect(outcomeReason(unknown('HTTP 429'), t)).toBe('“HTTP 429”');
  });

  test('every code that the engine, the gate and the exchange client give has its text', () => {
    const sources = [...sourcesIn('src/engine', ['.ts']), ...sourcesIn('src/venues', ['.ts'])];
    const given = sources.flatMap(({ text }) => [
      ...text.matchAll(/\bdenied\(\s*['`](\w+)/g),
      ...text.matchAll(/\brejected\(\s*'(\w+)'/g),
      ...text.matchAll(/\bconfirmed\(\s*['`](\w+)/g),
      ...text.matchAll(/\breason: '(\w+)' \} satisfies Outcome/g),
      ...text.matchAll(/`(key_may_write|rate_below_maintenance|request_limit): /g),
    ]);
    const gate = sourcesIn('src/risk', ['.ts']).find(({ path }) => path.endsWith('/gate.ts'));
    const union = /type RefusalCode =([^;]+);/.exec(gate?.text ?? '')?.[1] ?? '';
    const refusals = [...union.matchAll(/'(\w+)'/g)];
    expect(refusals.length).toBeGreaterThan(5);
    const codes = new Set([...given, ...refusals].map(([, code = '']) => code));
    expect(codes.size).toBeGreaterThan(20);
    // Confirmations of a write at once, which nobody is told.
    for (const silent of ['accepted', 'order']) codes.delete(silent);
    const known = new Set<string>(REASON_CODES);
    expect([...codes].filter((code) => !known.has(code))).toEqual([]);
  });
});
