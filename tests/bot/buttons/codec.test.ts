import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BUTTON_ACTIONS, decodePress, encodePress } from '../../../src/bot/buttons/codec.ts';
import { decodeAct, encodeAct, type QuickAct } from '../../../src/bot/features/act-buttons.ts';
import { decodeWish, encodeWish } from '../../../src/bot/features/chart.ts';
import { positionArgument } from '../../../src/bot/features/position-argument.ts';
import { CHART_KINDS, CHART_SPANS } from '../../../src/bot/views/chart.ts';
import { parseSymbol } from '../../../src/core/symbol.ts';

const action = fc.constantFrom(...BUTTON_ACTIONS);
const argument = fc.string({ maxLength: 40 }).map((text) => text.replace(/[^\w:.-]/g, '-'));

test('what is encoded decodes to the same and fits into 64 bytes', () => {
  fc.assert(
    fc.property(action, argument, (name, text) => {
      const data = encodePress(name, text);
      expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
      expect(decodePress(data)).toEqual({ action: name, argument: text });
    }),
  );
});

test('what would not fit or not decode is refused when it is made', () => {
  expect(() => encodePress('ticket', 'x'.repeat(60))).toThrow('64 bytes');
  expect(() => encodePress('ticket', '漢'.repeat(20))).toThrow('64 bytes');
  expect(() => encodePress('ticket', 'a|b')).toThrow('separator');
});

test('anything else is not taken for a button of ours', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), (data) => {
      const decoded = decodePress(data);
      if (decoded) expect(encodePress(decoded.action, decoded.argument)).toBe(data);
    }),
  );
  for (const data of [
    '',
    'v1|',
    'v2|ticket|x',
    'v1|constructor|x',
    'v1|ticket|a|b',
    'set/0/0//h',
  ]) {
    expect(decodePress(data)).toBeNull();
  }
});

const base = fc.stringMatching(/^[A-Z0-9]{1,36}$/);
const symbol = base.map((name) => parseSymbol(`t${name}F0:USTF0`));
const sharePct = fc.integer({ min: 1, max: 100 });
const act: fc.Arbitrary<QuickAct> = fc.oneof(
  fc.record({ kind: fc.constant('reduce' as const), symbol, sharePct }),
  fc.record({ kind: fc.constant('topup' as const), symbol }),
  fc.record({
    kind: fc.constant('deleverage' as const),
    leverage: fc.integer({ min: 1, max: 99 }),
  }),
);

test('an act in a button is the act that was put there, or has no button', () => {
  fc.assert(
    fc.property(act, (wanted) => {
      const argument = encodeAct(wanted);
      if (argument === null) return;
      expect(Buffer.byteLength(encodePress('act', argument))).toBeLessThanOrEqual(64);
      expect(decodeAct(argument)).toEqual(wanted);
    }),
  );
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (text) => {
      const decoded = decodeAct(text);
      if (decoded) expect(encodeAct(decoded)).toBe(text);
    }),
  );
  for (const wrong of [
    'r0:tBTCF0:USTF0',
    'r101:tBTCF0:USTF0',
    't5:tBTCF0:USTF0',
    'd0',
    'd',
    'r25:BTC',
  ]) {
    expect(decodeAct(wrong), wrong).toBeNull();
  }
});

test('a picture in a button is the picture that was put there', () => {
  const wish = fc
    .record({
      kind: fc.constantFrom(...CHART_KINDS),
      span: fc.constantFrom(...CHART_SPANS),
      theme: fc.constantFrom('dark' as const, 'light' as const),
      symbol,
    })
    .map((made) => (made.kind === 'price' ? made : { ...made, symbol: null }));
  fc.assert(
    fc.property(wish, (wanted) => {
      if (wanted.symbol && !positionArgument(wanted.symbol)) return;
      const argument = encodeWish(wanted);
      expect(Buffer.byteLength(encodePress('chart', argument))).toBeLessThanOrEqual(64);
      expect(decodeWish(argument)).toEqual(wanted);
    }),
  );
  for (const wrong of ['', 'x.24h.d.', 'm.1h.d.', 'm.24h.x.', 'p.24h.d.', 'm.24h.d.tBTCF0:USTF0']) {
    expect(decodeWish(wrong), wrong).toBeNull();
  }
});
