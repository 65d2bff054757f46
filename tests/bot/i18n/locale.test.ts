import { expect, test } from 'vitest';
import { localeOf } from '../../../src/bot/i18n/locale.ts';

test.each([
  ['zh', 'zh-Hans'],
  ['zh-CN', 'zh-Hans'],
  ['zh-sg', 'zh-Hans'],
  ['zh-Hans', 'zh-Hans'],
  ['zh-hans-hk', 'zh-Hans'],
  ['zh_TW', 'zh-Hant'],
  ['zh-HK', 'zh-Hant'],
  ['zh-mo', 'zh-Hant'],
  ['zh-Hant', 'zh-Hant'],
  ['zh-hant-cn', 'zh-Hant'],
  ['ko', 'ko'],
  ['ko-KR', 'ko'],
  ['kok', 'en'],
  ['en-GB', 'en'],
  ['pt-br', 'en'],
  ['', 'en'],
  [null, 'en'],
  [undefined, 'en'],
])('%s reads %s', (code, locale) => {
  expect(localeOf(code)).toBe(locale);
});
