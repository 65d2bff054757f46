import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LOCALES } from '../../../src/bot/i18n/locale.ts';
import { loadCatalogue } from '../../../src/bot/i18n/words.ts';
import { adjustmentRows } from '../../../src/bot/views/adjustments.ts';
import * as format from '../../../src/bot/views/format.ts';
import { escapeHtml, shownLength } from '../../../src/bot/views/html.ts';
import { withLateMark } from '../../../src/bot/views/late.ts';
import { namesFor } from '../../../src/bot/views/names.ts';
import { noticeView, type PlainNotice } from '../../../src/bot/views/notice.ts';
import { planView } from '../../../src/bot/views/plan.ts';
import { alignRows, beforeAfter, displayWidth } from '../../../src/bot/views/table.ts';
import { compose, MESSAGE_MAX } from '../../../src/bot/views/view.ts';
import type { PlanState } from '../../../src/core/notice.ts';
import { parseSymbol } from '../../../src/core/symbol.ts';
import { parseHtml } from '../../../src/sim/telegram/core/entities/html.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { FakeDoor, move, symbolOf, usd } from '../fake-door.ts';

const catalogue = loadCatalogue();

test('amounts have separators, and no cents from a thousand on', () => {
  expect(format.usd(usd('999.994'))).toBe('999.99');
  expect(format.usd(usd('1234567.89'))).toBe('1,234,568');
  expect(format.usd(usd('-1234.5'))).toBe('-1,235');
  expect(format.usd(null)).toBe('–');
  expect(format.signedUsd(usd(5))).toBe('+5.00');
  const short = (n: number) => format.shortUsd(n, catalogue('en'));
  expect([99_999, 123_456, 2_345_678, 5, 0].map(short)).toEqual([
    ...['99,999', '123.5K', '2.3M', '5.00', '0'],
  ]);
});

test('rates, distances and prices are rounded for the eye', () => {
  expect(format.rate(2.005)).toBe('2.00%');
  expect(format.rate(Number.NaN)).toBe('–');
  expect(format.share(0.0766)).toBe('7.7%');
  expect(format.price(usd('60123.45'))).toBe('60,123');
  expect(format.price(usd('0.000123456'))).toBe('0.00012346');
  expect(format.price(usd('1234.567'))).toBe('1,234.6');
});

test('names show the quote only where two contracts share a base', () => {
  const [btc, eurBtc] = [symbolOf('BTC'), parseSymbol('tBTCF0:EUTF0')];
  expect(namesFor([btc, symbolOf('ETH')])(btc)).toBe('BTC');
  expect(namesFor([btc, eurBtc])(eurBtc)).toBe('BTC/EUT');
});

test('columns line up, also with Chinese characters', () => {
  const rows = alignRows(
    [
      ['可用', '1'],
      ['abc', '100'],
    ],
    ['left', 'right'],
  );
  expect(rows.map(displayWidth)).toEqual([8, 8]);
});

test('a text is never cut: what does not fit goes on in another message', () => {
  const line = fc.string({ maxLength: 120 }).map((text) => escapeHtml(text.replace(/\s/g, '_')));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 150 }), (lines) => {
      const { pages } = compose([...lines, { rows: lines }]);
      for (const page of pages) {
        expect(parseHtml(page).text.length).toBeLessThanOrEqual(MESSAGE_MAX + 200);
        expect(shownLength(page)).toBeLessThanOrEqual(MESSAGE_MAX);
      }
      const shown = pages
        .join('\n')
        .replace(/<\/?pre>/g, '')
        .split('\n');
      const wanted = [...lines, ...lines].filter((text) => text !== '');
      expect(shown.filter((text) => text !== '')).toEqual(wanted);
    }),
    { numRuns: 50 },
  );
});

test('the length counted is the length shown', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(shownLength(`<b>${escapeHtml(text)}</b>`)).toBe(text.length);
    }),
  );
});

test('late news says how late, fresh news does not', () => {
  const t = catalogue('en');
  const view = compose(['x']);
  expect(withLateMark(view, 29_000, t).pages).toEqual(['x']);
  expect(withLateMark(view, 240_000, t).pages[0]).toBe('⏱ <i>4 min late</i>\nx');
});

test('before and after stand under those of the other rows, whatever their widths', () => {
  const moves = [move('BTC', 1174, 223), move('DOGE', 80, 12_345, { rateAfterPct: 12.5 })];
  expect(adjustmentRows(moves, catalogue('en'))).toEqual([
    'BTC  1,174→   223 2.10→ 2.55%',
    'DOGE    80→12,345 2.10→12.50%',
  ]);
  expect(
    beforeAfter([
      ['coll', ''],
      ['5', '10'],
    ]),
  ).toEqual(['coll', '   5→10']);
});

test('moves fit 34 columns', () => {
  for (const locale of LOCALES) {
    const moves = [move('BTC', 12_345, 23_456), move('DOGE', 999, 123_456)];
    const rows = adjustmentRows(moves, catalogue(locale));
    for (const row of rows) expect(displayWidth(row)).toBeLessThanOrEqual(34);
  }
});

const at = Date.UTC(2026, 0, 5);
const symbol = symbolOf('BTC');
const by = { id: '1', name: '<Ann>' };
const day = new FakeDoor(new ManualClock(), () => 0.5).dailyStatistics();

const NOTICES: readonly PlainNotice[] = [
  { type: 'started', at, dryRun: true, positions: 1, warnings: ['<w>'] },
  { type: 'started', at, dryRun: false, positions: 2, warnings: [] },
  { type: 'stopped', at, reason: '<r>', inFlight: 1 },
  { type: 'adjusted', at, trigger: 'manual', dryRun: true, by, adjustments: [], freeUsd: null },
  ...[true, false].flatMap((active): PlainNotice[] => [
    { type: 'account_warning', at, active, ratePct: 2, limitPct: 3 },
    { type: 'venue_trouble', at, active, call: '<c>', attempts: 10, reason: '<r>' },
    { type: 'outcome_unknown', at, symbol, resolved: active, detail: '<d>' },
    { type: 'stale', at, active, what: '<a>', ageMs: 5000 },
    { type: 'halted', at, active, reason: '<r>' },
  ]),
  ...(['opened', 'closed', 'resized', 'recollateralised'] as const).map(
    (change): PlainNotice => ({ type: 'drift', at, symbol, change }),
  ),
  { type: 'weights_unknown', at, symbols: [symbol] },
  { type: 'setting_dropped', at, settings: [{ key: '<k>', value: '<v>' }] },
  { type: 'settings_changed', at, key: '<k>', from: '<f>', to: '<t>', by },
  { type: 'daily', at, statistics: day },
  { type: 'daily', at, statistics: { ...day, worstSymbol: symbol, worstRatePct: 1.5 } },
];

test.each(LOCALES)('every notice has words in %s that Telegram can parse', (locale) => {
  for (const notice of NOTICES) {
    for (const page of noticeView(notice, catalogue(locale)).pages) {
      const { text } = parseHtml(page);
      expect(text).not.toMatch(/\{|undefined|NaN|\[object|&lt;/);
      expect(text.trim()).not.toBe('');
    }
  }
});

test.each(LOCALES)('every state of a plan has words in %s, decided or not', (locale) => {
  const plan = new FakeDoor(new ManualClock(at), () => 0.5).addPlan({ remainingUsd: usd(5) });
  const states: PlanState[] = ['pending', 'approved', 'rejected', 'expired', 'superseded'];
  states.push('running', 'done', 'rehearsed');
  for (const state of states) {
    for (const decided of [{}, { decidedBy: by, decidedAt: at }]) {
      const model = { plan: { ...plan, state, ...decided }, mayDecide: true };
      const { text } = parseHtml(planView(model, at, catalogue(locale)).pages.join('\n'));
      expect(text).not.toMatch(/\{|undefined|NaN|&lt;/);
    }
  }
});
