import { expect, test } from 'vitest';
import { loadCatalogue } from '../../../src/bot/i18n/words.ts';
import { showValue } from '../../../src/bot/settings/show-value.ts';

const t = loadCatalogue()('en');

test.each([
  [0.075, '0.075 min (4.5 s)'],
  [0, '0 min'],
  [1.5, '1.5 min'],
])('a part of a minute is told in seconds too: %d', (value, shown) => {
  expect(showValue('liquidation.fall_minutes', value, t)).toBe(shown);
});
