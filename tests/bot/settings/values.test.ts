import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWithin, parseValue } from '../../../src/bot/settings/parse-value.ts';
import {
  idOf,
  type Limits,
  leafOf,
  PRIORITY_LIMITS,
  SETTINGS,
  WEIGHT_LIMITS,
} from '../../../src/bot/settings/setting-table.ts';
import { entryByCode, entryCode } from '../../../src/bot/settings/table-entries.ts';
import { balancerSettingsSchema } from '../../../src/systems/balancer/index.ts';

const PCT: Limits = { unit: 'pct', min: 0, max: 100, above: true };
const USD: Limits = { unit: 'usd', min: 0, max: 1e12 };

test.each([
  ['2.5', 2.5],
  [' 2.5 % ', 2.5],
  ['２．５', 2.5],
  ['2,5', 2.5],
  ['0,125%', 0.125],
  ['２，５ ％', 2.5],
  ['2。5', 2.5],
  ['１００％', 100],
])('%s is a percentage', (text, value) => {
  expect(parseValue(text, PCT)).toEqual({ kind: 'number', value });
});

test.each([
  ['1,500', 1500],
  ['1,234,567.25 USD', 1_234_567.25],
  ['50 usdt', 50],
])('%s is an amount', (text, value) => {
  expect(parseValue(text, USD)).toEqual({ kind: 'number', value });
});

test.each([
  ...[
    '',
    ' ',
    'abc',
    '1,5000',
    '1.234,5',
    '1.2.3',
    '-3',
    '+3',
    '1e3',
    '0x10',
    'NaN',
    'Infinity',
    '1 2',
  ],
  ...['0', '100.01', '9'.repeat(60), '<b>1</b>', '٣', '1,50,000', '12345,678', '5 h', '5x', '5 %%'],
])('%j is refused rather than guessed', (text) => {
  expect(parseValue(text, PCT)).toEqual({ kind: 'wrong' });
});

test('a unit is that of the setting, in any language, and a share may be a percentage', () => {
  const hours: Limits = { unit: 'hours', min: 0, max: 100 };
  const share: Limits = { unit: 'share', min: 0, max: 1, above: true, below: true };
  for (const text of ['5', '5h', '5 hours', '5 小時', '5小时', '5시간']) {
    expect(parseValue(text, hours), text).toEqual({ kind: 'number', value: 5 });
  }
  for (const text of ['5 s', '5 d', '5%']) expect(parseValue(text, hours).kind).toBe('wrong');
  expect(parseValue('80 %', share)).toEqual({ kind: 'number', value: 0.8 });
  expect(parseValue('0,8', share)).toEqual({ kind: 'number', value: 0.8 });
  expect(parseValue('80', share).kind).toBe('wrong');
});

test('a lone dash removes', () => {
  for (const dash of ['-', '–', ' — ']) expect(parseValue(dash, USD)).toEqual({ kind: 'remove' });
});

/** The schema's judgement of one value, all others at their defaults. */
function schemaTakes(key: string, value: number): boolean {
  const section = key.slice(0, key.indexOf('.'));
  return balancerSettingsSchema.safeParse({ [section]: { [leafOf(key)]: value } }).success;
}

const NUMBERS: readonly (Limits & { key: string })[] = [
  ...SETTINGS.flatMap((setting) => (setting.kind === 'number' ? [setting] : [])),
  { ...WEIGHT_LIMITS, key: 'risk_weights.tBTCF0:USTF0' },
  { ...PRIORITY_LIMITS, key: 'position_priority.tBTCF0:USTF0' },
];

test.each(NUMBERS.map((setting) => [setting.key, setting] as const))(
  'the limits of %s are those of the schema',
  (key, limits) => {
    const { min, max } = limits;
    const span = max - min;
    const edges = [min - 1, min, min + 1e-6, (min + max) / 2, max - 1e-6, max, max + 1, min + 0.5];
    const inside = fc.double({ min: min - span / 10, max: max + span / 10, noNaN: true });
    for (const value of edges)
      expect(isWithin(value, limits), `${value}`).toBe(schemaTakes(key, value));
    fc.assert(
      fc.property(inside, (value) => {
        expect(isWithin(value, limits)).toBe(schemaTakes(key, value));
      }),
    );
  },
);

test('every setting of the schema can be changed in chat', () => {
  const { risk_weights, position_priority, ...sections } = balancerSettingsSchema.parse({});
  const keys = Object.entries(sections).flatMap(([section, values]) =>
    Object.keys(values).map((leaf) => `${section}.${leaf}`),
  );
  expect(SETTINGS.map(({ key }) => key).sort()).toEqual(keys.sort());
  expect(new Set(keys.map(idOf)).size).toBe(keys.length);
  for (const key of keys) expect(Buffer.byteLength(`${idOf(key)}`)).toBeLessThanOrEqual(32);
});

test('an entry is found by its code only while the code is its own', () => {
  const entry = (key: string) => ({ key, label: key, value: 1, isOwn: false, isChanged: false });
  const entries = ['a', 'b', 'c'].map(entry);
  expect(entryByCode(entries, entryCode('b'))?.key).toBe('b');
  expect(entryByCode(entries, entryCode('x'))).toBeUndefined();
  expect(entryByCode([...entries, entry('b')], entryCode('b'))).toBeUndefined();
  expect(entryCode('position_priority.t'.padEnd(80, 'X')).length).toBeLessThanOrEqual(7);
});
