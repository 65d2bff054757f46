import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lowersRisk, type SetCollateral } from '../../src/core/action.ts';
import {
  ceilTo,
  Decimal,
  floorTo,
  parseDecimal,
  sumOf,
  toFloat,
  toWire,
} from '../../src/core/decimal.ts';
import { BallastError } from '../../src/core/errors.ts';
import { redact } from '../../src/core/redact.ts';
import { Secret } from '../../src/core/secret.ts';
import { baseOf, isSymbol, matchSymbol, parseSymbol, quoteOf } from '../../src/core/symbol.ts';

/** Amounts down to a tenth of what the venues keep; smaller ones no money has. */
const amount = fc
  .double({ min: -1e12, max: 1e12, noNaN: true })
  .map((value) => (Math.abs(value) < 1e-9 ? 0 : value));

describe('decimals', () => {
  test('floor is below and ceil is above, each by less than a step', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 8 }), (value, places) => {
        const exact = new Decimal(value);
        const step = new Decimal(10).pow(-places);
        const down = floorTo(value, places);
        const up = ceilTo(value, places);
        expect(down.lte(exact) && exact.minus(down).lt(step)).toBe(true);
        expect(up.gte(exact) && up.minus(exact).lt(step)).toBe(true);
      }),
    );
  });

  test('what goes to the wire has no exponent and reads back the same', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1e15, noNaN: true }), (value) => {
        const text = toWire(new Decimal(value));
        expect(text).not.toMatch(/e/i);
        expect(parseDecimal(text).eq(value)).toBe(true);
      }),
    );
  });

  test('as floats are what their text would be', () => {
    const places = fc.integer({ min: -25, max: 40 });
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), places, (digits, scale) => {
        const value = new Decimal(digits.toString()).div(new Decimal(10).pow(scale));
        expect(toFloat(value)).toBe(Number(value.toFixed()));
      }),
      { numRuns: 1_000 },
    );
    const amounts = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 8 }), (amount, kept) => {
        expect(toFloat(new Decimal(amount.toFixed(kept)))).toBe(Number(amount.toFixed(kept)));
      }),
      { numRuns: 1_000 },
    );
    for (const odd of [Number.NaN, Number.POSITIVE_INFINITY, -0, 0]) {
      expect(toFloat(new Decimal(odd))).toBe(odd);
    }
  });

  test('sums are exact where floats are not', () => {
    expect(sumOf(['0.1', '0.2'].map(parseDecimal)).toFixed()).toBe('0.3');
  });

  test.each(['NaN', 'Infinity', '-Infinity', '', ' 1', '1,000', '0x10', '1e999', '--1', 'null'])(
    'refuses %j',
    (text) => {
      expect(() => parseDecimal(text)).toThrow(BallastError);
    },
  );

  test.each([
    ['1e-7', '0.0000001'],
    ['0E-8', '0'],
    ['-0.0', '0'],
    ['.5', '0.5'],
  ])('reads %j as %s', (text, plain) => {
    expect(parseDecimal(text).abs().toFixed()).toBe(plain);
  });
});

describe('symbols', () => {
  test('keep their quote currency: the same base may be two contracts', () => {
    const btc = parseSymbol('tBTCF0:USTF0');
    const eut = parseSymbol('tBTCF0:EUTF0');
    expect([baseOf(btc), quoteOf(btc), quoteOf(eut)]).toEqual(['BTC', 'USTF0', 'EUTF0']);
    expect(matchSymbol('btc', [btc])).toBe(btc);
    expect(matchSymbol('btc', [btc, eut])).toBeUndefined();
    expect(matchSymbol('BTCF0:EUTF0', [btc, eut])).toBe(eut);
  });

  test('paper-trading symbols and long names are symbols, spot pairs are not', () => {
    expect(isSymbol('tTESTBTCF0:TESTUSDTF0')).toBe(true);
    expect(isSymbol('tAUSTRALIA200IXF0:USTF0')).toBe(true);
    expect(isSymbol('tBTCUSD')).toBe(false);
    expect(() => parseSymbol('tBTCUSD')).toThrow('expected a symbol like tBTCF0:USTF0');
  });
});

describe('secrets', () => {
  const secret = new Secret('CANARY');

  test('cannot be printed', () => {
    const printed = [String(secret), `${secret}`, JSON.stringify({ secret }), inspect({ secret })];
    expect(printed.join()).not.toContain('CANARY');
    expect(secret.reveal()).toBe('CANARY');
  });

  test('are taken out of texts, bot tokens wherever they stand', () => {
    const token = `12345678:${'A'.repeat(35)}`;
    for (const text of [token, `/bot${token}/getMe`, `x ${token}.`]) {
      expect(redact(text)).not.toContain(token);
    }
    expect(redact('key=hunter2hunter2', ['hunter2hunter2'])).toBe('key=[secret]');
  });
});

test('more collateral and a smaller position lower risk, less collateral does not', () => {
  const move: SetCollateral = {
    kind: 'set_collateral',
    symbol: parseSymbol('tBTCF0:USTF0'),
    positionId: '1',
    fromUsd: new Decimal(1),
    toUsd: new Decimal(2),
    trigger: 'manual',
  };
  expect(lowersRisk(move)).toBe(true);
  expect(lowersRisk({ ...move, toUsd: new Decimal('0.5') })).toBe(false);
});
