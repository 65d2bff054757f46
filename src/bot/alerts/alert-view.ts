/** All positions in trouble as one message, worst first, with what was done about each. */
import type { Notice } from '../../core/notice.ts';
import type { PerpSymbol } from '../../core/symbol.ts';
import type { Words } from '../i18n/words.ts';
import { adjustmentRows, adjustmentTroubles } from '../views/adjustments.ts';
import { clockTime, rate, share, usd } from '../views/format.ts';
import { type NameOf, namesFor } from '../views/names.ts';
import { type Block, type Buttons, compose, type View } from '../views/view.ts';
import { mergedMoves } from './merged-moves.ts';
import { highest, type Tier } from './tiers.ts';

export type EmergencyNotice = Extract<Notice, { readonly type: 'emergency' }>;

export interface AlertLine {
  readonly symbol: PerpSymbol;
  readonly tier: Tier;
  readonly ratePct: number;
  readonly distance: number;
  /** What would bring it to twice the emergency rate; null while that is unknown. */
  readonly topUp: { readonly usd: number; readonly toRatePct: number } | null;
  /** The latest rescues of this alert, oldest first; those of one moment are shown as one. */
  readonly rescues: readonly EmergencyNotice[];
}

const TIER_DOT: Readonly<Record<Tier, string>> = { critical: '🔴', warning: '🟠', notice: '🟡' };
const SHOWN_MAX = 12;
const NAMED_MAX = 6;

/** `lines` are worst first. One message always: what does not fit is counted. */
export function alertView(lines: readonly AlertLine[], t: Words, buttons: Buttons): View {
  for (let shown = Math.min(SHOWN_MAX, lines.length); shown > 1; shown -= 1) {
    const view = compose(blocksOf(lines, shown, t), buttons);
    if (view.pages.length === 1) return view;
  }
  return compose(blocksOf(lines, 1, t), buttons);
}

export type Ended = 'over' | 'gone' | 'continued' | 'snoozed';
export interface EndedVars {
  readonly at: number;
  /** Who snoozed it. */
  readonly name?: string;
  /** What it was about last. */
  readonly symbols?: readonly PerpSymbol[];
}

/** What stays of an alert when nothing of it is left, or when a newer message goes on with it. */
export function endedView(kind: Ended, vars: EndedVars, t: Words): View {
  const { name = '', symbols = [], at } = vars;
  const key = kind === 'over' && symbols.length > 0 ? 'alert-over-of' : `alert-${kind}`;
  const nameOf = namesFor(symbols);
  const shown = symbols.slice(0, NAMED_MAX).map(nameOf).join(', ');
  const more = symbols.length > NAMED_MAX ? ` +${symbols.length - NAMED_MAX}` : '';
  return compose([t(key, { name, time: clockTime(at, t), names: shown + more })]);
}

function blocksOf(lines: readonly AlertLine[], shown: number, t: Words): Block[] {
  const nameOf = namesFor(lines.map(({ symbol }) => symbol));
  const seen = lines.slice(0, shown);
  const moves = mergedMoves(seen.flatMap(({ rescues }) => rescues));
  const rest = lines.length - shown;
  return [
    titleOf(lines, nameOf, t),
    ...seen.map((line) => stateBlock(line, nameOf(line.symbol), t)),
    ...(moves.length > 0 ? [{ rows: adjustmentRows(moves, t) }] : []),
    ...adjustmentTroubles(moves, t),
    ...missingLine(seen, nameOf, t),
    ...(rest > 0 ? [t('alert-rest', { n: rest })] : []),
  ];
}

/** Speaks of a top-up only where something arrived. */
function titleOf(lines: readonly AlertLine[], nameOf: NameOf, t: Words): string {
  const tried = lines.filter(({ rescues }) => rescues.length > 0);
  if (tried.length === 0) {
    const tier = highest(lines.map((line) => line.tier)) ?? 'notice';
    return t(`alert-title-${tier}`, { n: lines.length, names: namesOf(lines, nameOf) });
  }
  if (tried.some(({ rescues }) => rescues.at(-1)?.dryRun)) {
    return t('emergency-title-dry', { names: namesOf(tried, nameOf) });
  }
  const ends = (line: AlertLine, kind: string) =>
    line.rescues.some(({ adjustments, symbol }) =>
      adjustments.some((move) => move.symbol === symbol && move.outcome?.kind === kind),
    );
  const helped = tried.filter((line) => ends(line, 'confirmed'));
  if (helped.length > 0) return t('emergency-title', { names: namesOf(helped, nameOf) });
  const isOpen = tried.some((line) => ends(line, 'unknown'));
  return t(isOpen ? 'emergency-title-unknown' : 'emergency-title-failed', {
    names: namesOf(tried, nameOf),
  });
}

function namesOf(lines: readonly AlertLine[], nameOf: NameOf): string {
  const names = lines.slice(0, NAMED_MAX).map(({ symbol }) => nameOf(symbol));
  const more = lines.length > NAMED_MAX ? ` +${lines.length - NAMED_MAX}` : '';
  return names.join(', ') + more;
}

function stateBlock(
  { tier, ratePct, distance, topUp, rescues }: AlertLine,
  name: string,
  t: Words,
) {
  const vars = { name, rate: rate(ratePct), distance: share(distance) };
  const state = `${TIER_DOT[tier]} ${t('emergency-state', vars)}`;
  if (rescues.length > 0 || !topUp) return state;
  const goal = { usd: usd(topUp.usd), rate: rate(topUp.toRatePct) };
  return `${state}\n${t('alert-proposal', goal)}`;
}

/** What the last tries could not find; earlier ones are overtaken by them. */
function missingLine(lines: readonly AlertLine[], nameOf: NameOf, t: Words): string[] {
  const missing = lines.flatMap(({ symbol, rescues }) => {
    const missingUsd = rescues.at(-1)?.missingUsd;
    return missingUsd?.gt(0) ? [`${nameOf(symbol)} ${usd(missingUsd)}`] : [];
  });
  return missing.length > 0 ? [t('emergency-missing', { missing: missing.join(' · ') })] : [];
}
