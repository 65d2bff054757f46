import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Argument,
  type Known,
  matchWords,
  optional,
} from '../../../src/bot/commands/argument.ts';
import {
  amountOrRate,
  choice,
  count,
  countOrDay,
  day,
  duration,
  profileName,
  sharePct,
  shiftPct,
  usdAmount,
} from '../../../src/bot/commands/arguments.ts';
import { withUnits } from '../../../src/bot/commands/read-number.ts';
import { resolveSymbol } from '../../../src/bot/commands/symbol-word.ts';
import { loadCatalogue } from '../../../src/bot/i18n/words.ts';
import { parseSymbol } from '../../../src/core/symbol.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { FakeDoor } from '../fake-door.ts';

const known: Known = {
  door: new FakeDoor(new ManualClock(), () => 0.5),
  t: loadCatalogue()('en'),
};

function read<T>(argument: Argument<T>, word: string): T | null {
  const parsed = argument.parse(word, known);
  return parsed.ok ? parsed.value : null;
}

describe('amounts', () => {
  test.each([
    ['500', '500'],
    ['1,500', '1500'],
    ['1.5k', '1500'],
    ['2M', '2000000'],
    ['0.01', '0.01'],
    ['500USDT', '500'],
    ['５００', '500'],
    ['250$', '250'],
    ['$250', '250'],
    ['2,5', '2.5'],
    ['1234,56', '1234.56'],
    ['1,5k', '1500'],
    ['２，５', '2.5'],
    ['0,123', '0.123'],
  ])('%s is an amount', (word, usd) => {
    expect(read(usdAmount, word)?.toString()).toBe(usd);
  });

  test.each([
    '',
    '0',
    '-5',
    '+5',
    '1,5000',
    '1.234,5',
    '1,234,5',
    '1,,5',
    ',5',
    '5,',
    '1e3',
    'NaN',
    '0x10',
    '5%',
    '1.5kk',
    '1e400',
    '9999999999999',
  ])('%j is refused rather than guessed', (word) => {
    expect(read(usdAmount, word)).toBeNull();
  });

  test('with a percent sign it is the rate to reach', () => {
    expect(read(amountOrRate, '4%')).toEqual({ kind: 'rate', ratePct: 4 });
    expect(read(amountOrRate, '4')).toMatchObject({ kind: 'usd' });
    expect(read(amountOrRate, '101%')).toBeNull();
  });

  test('never a number outside its limits, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 50 }), (word) => {
        const usd = read(usdAmount, word);
        if (usd) expect(usd.gt(0) && usd.lte(1e12)).toBe(true);
        const share = read(sharePct, word);
        if (share !== null) expect(share > 0 && share <= 100).toBe(true);
        const shift = read(shiftPct, word);
        if (shift !== null) expect(shift > -100 && shift <= 1000 && shift !== 0).toBe(true);
        const span = read(duration, word);
        if (span !== null) expect(span >= 1000 && span <= 30 * 86_400_000).toBe(true);
      }),
    );
  });
});

test('a unit may stand apart from its number', () => {
  const words = (text: string) => withUnits(text.split(' '));
  expect(words('BTC -10 %')).toEqual(['BTC', '-10%']);
  expect(words('BTC 500 USDT')).toEqual(['BTC', '500USDT']);
  expect(words('BTC ５ ％ x')).toEqual(['BTC', '５％', 'x']);
  expect(words('% 5')).toEqual(['%', '5']);
  const args = { symbol: choice('symbol', ['BTC']), goal: amountOrRate };
  const match = matchWords(args, ['btc', '2,5', '%'], known);
  expect(match).toMatchObject({ values: { symbol: 'BTC', goal: { kind: 'rate', ratePct: 2.5 } } });
});

test('a figure that fits nowhere is explained by the argument that takes figures', () => {
  const args = { kind: optional(choice('kind', ['moves', 'errors'])), n: optional(countOrDay) };
  const problem = (word: string) => {
    const match = matchWords(args, [word], known);
    return match.kind === 'wrong' ? match.problem : null;
  };
  expect(problem('0')).toContain('a number from 1 to 100');
  expect(problem('erors')).toContain('moves, errors');
  expect(problem('7')).toBeNull();
});

test('price moves have a sign, plain or typographic', () => {
  expect(read(shiftPct, '-10%')).toBe(-10);
  expect(read(shiftPct, '−12.5')).toBe(-12.5);
  expect(read(shiftPct, '+5%')).toBe(5);
  for (const word of ['-100', '0', '--5', '1001', '%']) expect(read(shiftPct, word)).toBeNull();
});

test('spans of time', () => {
  const MINUTE = 60_000;
  for (const [word, minutes] of [
    ['30', 30],
    ['30m', 30],
    ['2h', 120],
    ['1d12h', 2160],
    ['1h30m', 90],
    ['90s', 1.5],
  ] as const) {
    expect(read(duration, word), word).toBe(minutes * MINUTE);
  }
  for (const word of ['', '0', '0m', 'h', '2h1d', '31d', '-5m', '1y']) {
    expect(read(duration, word), word).toBeNull();
  }
});

test('days, counts and names', () => {
  expect(read(day, 'today')).toBe('2026-01-05');
  expect(read(day, 'Yesterday')).toBe('2026-01-04');
  expect(read(day, '2026-01-03')).toBe('2026-01-03');
  for (const word of ['2026-02-30', '2026-13-01', '26-01-01', 'now'])
    expect(read(day, word)).toBeNull();
  expect(read(count, '100')).toBe(100);
  for (const word of ['0', '101', '1.5', '-1', '１x']) expect(read(count, word)).toBeNull();
  expect(read(profileName, 'Event-Day')).toBe('event-day');
  expect(read(profileName, '平靜')).toBe('平靜');
  for (const word of ['', '-a', 'a b', '../x', '__proto__', 'x'.repeat(33)]) {
    expect(read(profileName, word), word).toBeNull();
  }
});

describe('symbols', () => {
  const held = ['tBTCF0:USTF0', 'tETHF0:USTF0', 'tETHF0:EUTF0', 'tXAUTF0:USTF0'].map(parseSymbol);
  const meant = (word: string) => {
    const resolved = resolveSymbol(word, held);
    return resolved.kind === 'found' ? resolved.symbol : resolved;
  };

  test.each([
    'BTC',
    'btc',
    'btcusdt',
    'BTC/USDT',
    'BTC-PERP',
    '$btc',
    '#BTC',
    'BTCUST',
    'btcf0:ustf0',
    'tBTCF0:USTF0',
  ])('%s means the one that is held', (word) => {
    expect(meant(word)).toBe('tBTCF0:USTF0');
  });

  test('a base that is held in two currencies has to be said in full', () => {
    expect(meant('eth')).toMatchObject({ kind: 'ambiguous' });
    expect(meant('ethusdt')).toBe('tETHF0:USTF0');
    expect(meant('ETHEUT')).toBe('tETHF0:EUTF0');
  });

  test('another currency is another contract, and the nearest is only suggested', () => {
    expect(meant('BTCEUR')).toEqual({ kind: 'unknown', near: 'BTC' });
    expect(meant('BTCUSD')).toEqual({ kind: 'unknown', near: 'BTC' });
    expect(meant('BTX')).toEqual({ kind: 'unknown', near: 'BTC' });
    expect(meant('ZZZZ')).toEqual({ kind: 'unknown', near: undefined });
  });
});
