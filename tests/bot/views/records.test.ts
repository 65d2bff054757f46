import { describe, expect, test } from 'vitest';
import { LOCALES, type Locale } from '../../../src/bot/i18n/locale.ts';
import { loadCatalogue } from '../../../src/bot/i18n/words.ts';
import { recordLines } from '../../../src/bot/views/records.ts';
import type { HistoryKind } from '../../../src/ports/store.ts';
import { parseHtml } from '../../../src/sim/telegram/core/entities/html.ts';
import { symbolOf } from '../fake-door.ts';

const at = Date.UTC(2026, 0, 5, 12);
const catalogue = loadCatalogue();

function shown(kind: HistoryKind, body: unknown, locale: Locale = 'en'): string {
  return parseHtml(recordLines({ at, kind, body }, catalogue(locale))).text;
}

/** As the engine's recorder puts it on disk. */
const lost = {
  ...{ trigger: 'venue', symbol: symbolOf('ETH'), side: 'long' },
  ...{ quantity: '3', markPrice: '2101.5', collateralUsd: '812.4' },
};

describe('a record of what the exchange closed by force', () => {
  test('says which position it was, where, and what was in it', () => {
    const text = shown('liquidations', lost);
    expect(text).toContain(
      'ETH long liquidated by the exchange near 2,101.5, 812.40 USD of collateral in it',
    );
  });

  test.each(LOCALES)('is readable in %s', (locale) => {
    expect(shown('liquidations', lost, locale)).toMatch(/ETH.*2,101\.5.*812\.40/);
  });
});

test('a small move is told with its cents, one that moved nothing without', () => {
  const move = (fromUsd: string, toUsd: string) =>
    shown('adjustments', {
      ...{ trigger: 'scheduled', by: { name: 'Ballast' } },
      adjustments: [{ symbol: symbolOf('UNI'), fromUsd, toUsd }],
    });
  expect(move('125.11', '125.49')).toContain('UNI 125.11→125.49');
  expect(move('125.11', '160')).toContain('UNI 125→160');
  expect(move('125.11', '125.11')).toContain('UNI 125→125');
});

test.each([
  ['resume', '1795289208956', 'Otto confirm the resume'],
  ['undo_setting', 'wrwIcM5VCy32', 'Otto undo a setting'],
  ['approve_plan', 'qifKJxOp', 'Otto approve a plan'],
  ['cancel', 'resume', 'Otto cancel a question (confirm the resume)'],
  ['cancel', 'x7f3', 'Otto cancel a question'],
  ['dry_run_off', 'keep', 'Otto answer about dry run (Keep dry run)'],
  ['resume', '', 'Otto confirm the resume'],
  ['topup', 'btc 5', 'Otto /topup btc 5'],
])('who did what is told in words: %s %s', (act, detail, words) => {
  const body = { by: { name: 'Otto' }, act, detail };
  expect(shown('audit', body).trimEnd().endsWith(words)).toBe(true);
});
