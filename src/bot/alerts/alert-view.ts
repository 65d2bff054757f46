/** All positions in trouble as one message, worst first, with what was done about each. */
import type { Notice } from '../../core/notice.ts';
import type { PerpSymbol } from '../../core/symbol.ts';
import type { Words } from '../i18n/words.ts';
import { adjustmentRows, adjustmentTroubles } from '../views/adjustments.ts';
import { clockTime, rate, share, usd } from '../views/format.ts';
import { namesFor } from '../views/names.ts';
import { type Block, type Buttons, compose, type View } from '../views/view.ts';
import { highest, type Tier } from './tiers.ts';

export type EmergencyNotice = Extract<Notice, { readonly type: 'emergency' }>;

export interface AlertLine {
  readonly symbol: PerpSymbol;
  readonly tier: Tier;
  readonly ratePct: number;
  readonly distance: number;
  /** What would bring it to twice the emergency rate; null while that is unknown. */
  readonly topUp: { readonly usd: number; readonly toRatePct: number } | null;
  /** The last rescue of this alert, if there was one. */
  readonly rescue: EmergencyNotice | null;
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

/** What stays of an alert when nothing of it is left, or when a newer message goes on with it. */
export function endedView(
  kind: 'over' | 'continued' | 'snoozed',
  vars: { readonly name?: string; readonly at: number },
  t: Words,
): View {
  return compose([t(`alert-${kind}`, { name: vars.name ?? '', time: clockTime(vars.at, t) })]);
}

function blocksOf(lines: readonly AlertLine[], shown: number, t: Words): Block[] {
  const nameOf = namesFor(lines.map(({ symbol }) => symbol));
  const tier = highest(lines.map((line) => line.tier)) ?? 'notice';
  const rescued = lines.flatMap(({ rescue }) => rescue ?? []);
  const about = rescued.length > 0 ? rescued : lines;
  const known = [...new Set(about.map(({ symbol }) => nameOf(symbol)))];
  const more = known.length > NAMED_MAX ? ` +${known.length - NAMED_MAX}` : '';
  const names = known.slice(0, NAMED_MAX).join(', ') + more;
  const title =
    rescued.length === 0
      ? t(`alert-title-${tier}`, { n: lines.length, names })
      : t(rescued.some(({ dryRun }) => dryRun) ? 'emergency-title-dry' : 'emergency-title', {
          names,
        });
  const blocks = lines.slice(0, shown).flatMap((line) => lineBlocks(line, nameOf(line.symbol), t));
  const rest = lines.length - shown;
  return [title, ...blocks, ...(rest > 0 ? [t('alert-rest', { n: rest })] : [])];
}

function lineBlocks(line: AlertLine, name: string, t: Words): Block[] {
  const { tier, ratePct, distance, rescue } = line;
  const vars = { name, rate: rate(ratePct), distance: share(distance) };
  const state = `${TIER_DOT[tier]} ${t('emergency-state', vars)}`;
  if (!rescue) {
    if (!line.topUp) return [state];
    const goal = { usd: usd(line.topUp.usd), rate: rate(line.topUp.toRatePct) };
    return [`${state}\n${t('alert-proposal', goal)}`];
  }
  const { adjustments, missingUsd } = rescue;
  return [
    state,
    ...(adjustments.length > 0
      ? [{ rows: adjustmentRows(adjustments, t) }]
      : [t('emergency-no-moves')]),
    ...adjustmentTroubles(adjustments, t),
    ...(missingUsd.gt(0) ? [t('emergency-missing', { name, missing: usd(missingUsd) })] : []),
  ];
}
