/** Which position somebody means by `btc`, `BTCUSDT`, `BTC-PERP` or the full symbol. */
import { baseOf, type PerpSymbol, quoteOf } from '../../core/symbol.ts';
import type { Argument, Known, Parsed } from './argument.ts';
import { shown } from './argument.ts';
import { nearest } from './suggest.ts';

export type Resolved =
  | { readonly kind: 'found'; readonly symbol: PerpSymbol }
  | { readonly kind: 'ambiguous'; readonly symbols: readonly PerpSymbol[] }
  | { readonly kind: 'unknown'; readonly near: string | undefined };

/** Another quote currency is another contract: `BTCEUR` never means a position in UST. */
export function resolveSymbol(word: string, held: readonly PerpSymbol[]): Resolved {
  const wanted = plain(word);
  const found = held.filter((symbol) => spellings(symbol).includes(wanted));
  const [only] = found;
  if (only && found.length === 1) return { kind: 'found', symbol: only };
  if (found.length > 1) return { kind: 'ambiguous', symbols: found };
  const bases = [...new Set(held.map(baseOf))];
  const beginning = bases
    .filter((base) => base.length >= 2 && wanted.startsWith(base))
    .sort((a, b) => b.length - a.length)[0];
  return { kind: 'unknown', near: beginning ?? nearest(wanted, bases)?.toUpperCase() };
}

function plain(word: string): string {
  return word
    .normalize('NFKC')
    .toUpperCase()
    .replace(/^[$#]/, '')
    .replace(/[/_:-]/g, '');
}

/** Bitfinex calls USDT `UST`; people call it by its name. */
function spellings(symbol: PerpSymbol): string[] {
  const base = baseOf(symbol);
  const quote = quoteOf(symbol).replace(/F0$/, '');
  const quotes = quote === 'UST' ? [quote, 'USDT'] : [quote];
  const pairs = quotes.flatMap((name) => [`${base}${name}`, `${base}F0${name}F0`]);
  const forms = [base, `${base}F0`, `${base}PERP`, ...pairs, ...pairs.map((pair) => `${pair}PERP`)];
  return [...forms, plain(symbol)];
}

const WORD_MAX = 64;

/** A position that is held. */
export const heldSymbol: Argument<PerpSymbol> = {
  name: 'symbol',
  optional: false,
  parse: (word, known) => parseHeld(word, known),
};

/** The same, or `*` for all of them. */
export const symbolOrAll: Argument<PerpSymbol | '*'> = {
  name: 'symbol-or-all',
  optional: false,
  parse: (word, known) =>
    word === '*' || word.toLowerCase() === 'all'
      ? { ok: true, value: '*' }
      : parseHeld(word, known),
};

function parseHeld(word: string, { door, t, command = 'positions' }: Known): Parsed<PerpSymbol> {
  const name = shown(word);
  if (word.length > WORD_MAX) return { ok: false, problem: t('position-unknown', { name }) };
  const held = door.positions().map(({ symbol }) => symbol);
  const resolved = resolveSymbol(word, held);
  if (resolved.kind === 'found') return { ok: true, value: resolved.symbol };
  if (resolved.kind === 'ambiguous') {
    const symbols = resolved.symbols.join(', ');
    return { ok: false, problem: t('position-ambiguous', { name, symbols }) };
  }
  const { near = '' } = resolved;
  const key = near ? 'position-unknown-near' : 'position-unknown';
  return { ok: false, problem: t(key, { name, near, command }) };
}
