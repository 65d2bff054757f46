import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BallastError } from '../../../src/core/errors.ts';
import { collateralLimitsCall } from '../../../src/venues/bitfinex/calls/collateral-limits.ts';
import { positionsCall } from '../../../src/venues/bitfinex/calls/positions.ts';
import {
  decimalFromWire,
  decimalOnWire,
  decimalOrNull,
  idOnWire,
  integerOnWire,
} from '../../../src/venues/bitfinex/numbers.ts';
import { parseWire, readAs } from '../../../src/venues/bitfinex/wire-json.ts';
import { BTC, MemoryLog, SOL_ROW } from './setup.ts';

const decimal = (json: string) => readAs(decimalOnWire, parseWire(json), 'test');

const breathe = () => Promise.resolve();

describe('numbers from the wire', () => {
  test('keep every digit of their text', () => {
    expect(decimal('0.015486090000000001').toFixed()).toBe('0.015486090000000001');
    expect(decimal('36950860.760103061234567').toFixed()).toBe('36950860.760103061234567');
    expect(decimal('"0.00004"').toFixed()).toBe('0.00004');
  });

  test('may be written with an exponent and are never written out with one', () => {
    expect(decimal('1e-7').toFixed()).toBe('0.0000001');
    expect(decimal('"0E-8"').isZero()).toBe(true);
    expect(decimal('1.7108543647129272e-7').toFixed()).toBe('0.00000017108543647129272');
  });

  test.each(['NaN', 'Infinity', '-Infinity', '1e999999', '1e19', '-1e19'])(
    '%s is refused, as a number and as a text',
    (text) => {
      expect(() => decimal(text)).toThrow(BallastError);
      expect(() => decimal(`"${text}"`)).toThrow(BallastError);
    },
  );

  test.each(['null', 'true', '[1]', '{}', '""', '" 1"', '"0x10"', '"1,5"'])(
    '%s is no number',
    (json) => {
      expect(() => decimal(json)).toThrow(BallastError);
    },
  );

  test('an exponent that would fill the memory when written out is refused', () => {
    expect(() => decimal('1e-999999999')).toThrow(/decimal places/);
    expect(() => decimal(`0.${'1'.repeat(100)}`)).toThrow(/decimal places/);
  });

  test('null stays null, absent counts as null, zero stays zero', () => {
    const read = (json: string) => readAs(decimalOrNull, parseWire(json), 'test');
    expect(read('null')).toBeNull();
    expect(readAs(decimalOrNull, undefined, 'test')).toBeNull();
    expect(read('0')?.isZero()).toBe(true);
  });

  test('ids and whole numbers refuse fractions and what a double cannot hold', () => {
    expect(readAs(idOnWire, parseWire('185729809'), 'test')).toBe('185729809');
    expect(readAs(integerOnWire, parseWire('1574002216000'), 'test')).toBe(1574002216000);
    for (const json of ['1.5', '1e3', '99999999999999999', 'null']) {
      expect(() => readAs(integerOnWire, parseWire(json), 'test')).toThrow(BallastError);
    }
    expect(() => readAs(idOnWire, parseWire('-3'), 'test')).toThrow(BallastError);
  });

  test('any text either reads as a finite number below 1e18 or is refused', () => {
    const texts = fc.oneof(fc.string(), fc.double().map(String), fc.bigInt().map(String));
    fc.assert(
      fc.property(texts, (text) => {
        let value: ReturnType<typeof decimalFromWire>;
        try {
          value = decimalFromWire(text);
        } catch {
          return;
        }
        expect(value.isFinite()).toBe(true);
        expect(value.abs().lte('1e18')).toBe(true);
        expect(value.toFixed().length).toBeLessThan(80);
      }),
      { numRuns: 1_000 },
    );
  });

  test('a number in any place of a position row never gets through as NaN', async () => {
    const cells = JSON.parse(SOL_ROW) as unknown[];
    const bad = fc.constantFrom(
      'NaN',
      'Infinity',
      '1e400',
      '-1e400',
      '"NaN"',
      '"1e-99999999"',
      '{}',
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(cells.length - 1), bad, async (index, text) => {
        const row = cells.map((cell, i) => (i === index ? text : JSON.stringify(cell)));
        const call = positionsCall('USTF0', new MemoryLog());
        let positions: Awaited<ReturnType<typeof call.read>>;
        try {
          positions = await call.read(parseWire(`[[${row.join(',')}]]`), breathe);
        } catch (error) {
          expect(error).toBeInstanceOf(BallastError);
          return;
        }
        expect(positions).toHaveLength(1);
        for (const value of Object.values(positions[0] ?? {})) {
          if (typeof value === 'object' && value !== null) expect(value.isFinite()).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('arbitrary JSON as an answer is read or refused, never anything else', async () => {
    const call = collateralLimitsCall(BTC);
    await fc.assert(
      fc.asyncProperty(fc.json(), async (json) => {
        try {
          const { minUsd, maxUsd } = await call.read(parseWire(json), breathe);
          expect(minUsd.gte(0) && maxUsd.gte(0)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(BallastError);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
