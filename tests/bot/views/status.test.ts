import { expect, test } from 'vitest';
import { loadCatalogue } from '../../../src/bot/i18n/words.ts';
import { statusView } from '../../../src/bot/views/status.ts';
import type { DailyStatistics } from '../../../src/core/notice.ts';
import type { PositionView, StatusView } from '../../../src/engine/door.ts';
import { parseHtml } from '../../../src/sim/telegram/core/entities/html.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { FakeDoor, position, usd } from '../fake-door.ts';

const t = loadCatalogue()('en');

interface Given {
  readonly status?: Partial<StatusView>;
  readonly day?: Partial<DailyStatistics>;
  readonly positions?: readonly PositionView[];
}

function shown({ status = {}, day = {}, positions = [position('BTC')] }: Given): string {
  const door = new FakeDoor(new ManualClock(Date.UTC(2026, 0, 5)), () => 0.5);
  door.positionList = [...positions];
  door.statusChange = status;
  const model = {
    status: door.status(),
    day: { ...door.dailyStatistics(), ...day },
    positions,
    emergencyRatePct: 2,
  };
  return parseHtml(statusView(model, t).pages.join('\n')).text;
}

const lost = { lostPositions: 16, lostUsd: usd(45_678) };

test('the dot follows the worst rate of all positions, not the account', () => {
  const fine = position('BTC', { marginRatePct: 8 });
  expect(shown({ positions: [fine] })).toMatch(/^🟢/);
  expect(shown({ positions: [fine, position('ETH', { marginRatePct: 3.9 })] })).toMatch(/^🟠/);
  expect(shown({ positions: [fine, position('ETH', { marginRatePct: 1.9 })] })).toMatch(/^🔴/);
  expect(shown({ positions: [fine], status: { accountWarning: true } })).toMatch(/^🟠.*warning/);
});

test('a day with forced liquidations is not green and says how many and how much', () => {
  const text = shown({ day: lost });
  expect(text).toMatch(/^🟠/);
  expect(text).toContain('Liquidated today: 16, −45,678 USD');
  expect(shown({})).not.toContain('Liquidated');
  expect(shown({ day: { ...lost, utcDay: '2026-01-04' } })).not.toContain('Liquidated');
});

test('an account that lost everything says so instead of only being empty', () => {
  const text = shown({ day: lost, positions: [] });
  expect(text).toMatch(/^⚪ No open positions/);
  expect(text).toContain('Liquidated today: 16');
});

test('the oldest price is named when it is older than 15 seconds', () => {
  const fresh = position('BTC', { markAgeMs: 300 });
  const old = shown({ positions: [fresh, position('ETH', { markAgeMs: 42_000 })] });
  expect(old).toContain('Oldest price: ETH, 42 s old');
  expect(shown({ positions: [fresh, position('ETH', { markAgeMs: 15_000 })] })).not.toContain(
    'Oldest',
  );
});

test('the simulator is not called by the name of the exchange it plays', () => {
  expect(shown({ status: { simulated: true } })).toContain('exchange simulator · Ballast');
  expect(shown({})).toContain('bitfinex · Ballast');
});
