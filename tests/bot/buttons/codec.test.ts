import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BUTTON_ACTIONS, decodePress, encodePress } from '../../../src/bot/buttons/codec.ts';

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
