/** The two tables of settings, weights and priorities, as entries that buttons can name. */
import { isSymbol, type PerpSymbol } from '../../core/symbol.ts';
import type { EngineDoor } from '../../engine/door.ts';
import type { Words } from '../i18n/words.ts';
import { type NameOf, namesFor } from '../views/names.ts';
import { changesOf } from './changes.ts';

export const TABLES = ['risk_weights', 'position_priority'] as const;
export type TableName = (typeof TABLES)[number];

export interface TableEntry {
  readonly key: string;
  readonly label: string;
  /** The configured value, or the one that counts in its absence. */
  readonly value: number;
  /** Set for it alone, in the file or in chat; otherwise measured or the default. */
  readonly isOwn: boolean;
  /** Chat made it other than it is in the file. */
  readonly isChanged: boolean;
}

export const ENTRIES_PER_PAGE = 12;

/** Sorted by name, not by risk: an order that moves with the market would outdate every button. */
export function tableEntries(door: EngineDoor, table: TableName, t: Words): TableEntry[] {
  const view = door.settings();
  const { effective } = view;
  const changed = new Set(changesOf(view).map(({ key }) => key));
  const own = new Map(Object.entries(effective[table]));
  const positions = new Map(door.positions().map((position) => [position.symbol, position]));
  const symbols = [...new Set([...positions.keys(), ...[...own.keys()].filter(isSymbol)])].sort();
  const nameOf: NameOf = namesFor(symbols);
  const inForce = (symbol: PerpSymbol): number => {
    const position = positions.get(symbol);
    if (table === 'risk_weights') return own.get(symbol) ?? position?.weight ?? 1;
    return own.get(symbol) ?? own.get('default') ?? position?.priority ?? 0;
  };
  const entry = (leaf: string, label: string, value: number): TableEntry => {
    const key = `${table}.${leaf}`;
    return { key, label, value, isOwn: own.has(leaf), isChanged: changed.has(key) };
  };
  const entries = symbols.map((symbol) => entry(symbol, nameOf(symbol), inForce(symbol)));
  if (table === 'risk_weights') return entries;
  return [entry('default', t.plain('priority-default'), own.get('default') ?? 0), ...entries];
}

export function entryPages(count: number): number {
  return Math.max(1, Math.ceil(count / ENTRIES_PER_PAGE));
}

/** What a button carries for an entry: seven characters at most, whatever the symbol's length. */
export function entryCode(key: string): string {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(key)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(36);
}

/** Undefined when it is gone, or when two entries share a code. */
export function entryByCode(entries: readonly TableEntry[], code: string): TableEntry | undefined {
  const found = entries.filter(({ key }) => entryCode(key) === code);
  return found.length === 1 ? found[0] : undefined;
}
