/** Settings in words: names, values with their unit, and what is allowed. */
import { isSymbol } from '../../core/symbol.ts';
import type { BalancerSettings } from '../../engine/door.ts';
import type { Words } from '../i18n/words.ts';
import { namesFor } from '../views/names.ts';
import { findByKey, idOf, type Limits, leafOf, limitsOf } from './setting-table.ts';

/** Plain text: put into messages by way of a variable, which escapes it. */
export function settingName(key: string, t: Words): string {
  const leaf = leafOf(key);
  if (key.startsWith('risk_weights.')) return t.plain('setting-weight', { name: entryName(leaf) });
  if (key.startsWith('position_priority.')) {
    if (leaf === 'default') return t.plain('setting-priority-default');
    return t.plain('setting-priority', { name: entryName(leaf) });
  }
  return findByKey(key) ? t.plain(`setting-${idOf(key)}`) : key;
}

export function showValue(key: string, value: unknown, t: Words): string {
  if (value === undefined || value === null) return t.plain('value-none');
  if (typeof value === 'boolean') return t.plain(value ? 'value-on' : 'value-off');
  const setting = findByKey(key);
  if (setting?.kind === 'choice') return t.plain(optionKey(String(value)));
  if (typeof value !== 'number') return String(value);
  const limits = limitsOf(key);
  return limits ? withUnit(value, limits, t) : plainNumber(value);
}

/** What a choice is called. */
export function optionKey(option: string): string {
  return option === 'on' || option === 'off' ? `value-${option}` : `option-${option}`;
}

/** `5–3,600 s`, `above 0, at most 100 %`. */
export function showLimits(limits: Limits, t: Words): string {
  const min = withUnit(limits.min, limits, t);
  const max = withUnit(limits.max, limits, t);
  const kind = limits.below ? 'between' : limits.above ? 'above' : 'range';
  const range = t.plain(`limits-${kind}`, { min, max });
  return limits.whole ? t.plain('limits-whole', { range }) : range;
}

export function readSetting(settings: BalancerSettings, key: string): unknown {
  const section = key.slice(0, key.indexOf('.'));
  const part = Object.entries(settings).find(([name]) => name === section)?.[1];
  return Object.entries(part ?? {}).find(([name]) => name === leafOf(key))?.[1];
}

function withUnit(value: number, { unit }: Limits, t: Words): string {
  const n = plainNumber(value);
  // A part of a minute says little: seconds beside it do. What is typed stays minutes.
  if (unit === 'minutes' && value > 0 && value < 1) {
    const seconds = plainNumber(Math.round(value * 600) / 10);
    return t.plain('unit-minutes-part', { n, seconds });
  }
  return t.plain(`unit-${unit}`, { n });
}

/** Digits with thousands separators, no exponent, nothing rounded away. */
function plainNumber(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 12 });
}

function entryName(symbol: string): string {
  return isSymbol(symbol) ? namesFor([symbol])(symbol) : symbol;
}
