/** What somebody asks for by hand: the preview with its effect, and how it ended. */
import type { PerpSymbol } from '../../core/symbol.ts';
import type { ActEffect, ActPreview, ActRequest } from '../../engine/door.ts';
import type { Words } from '../i18n/words.ts';
import { adjustmentRows, adjustmentTroubles } from './adjustments.ts';
import { duration } from './duration.ts';
import { rate, share, usd } from './format.ts';
import { namesFor } from './names.ts';
import { fillLines, reductionRows, reductionTroubles } from './reductions.ts';
import { alignRows, beforeAfter } from './table.ts';
import { type Block, type Buttons, compose, type View } from './view.ts';

const FIGURES = ['quantity', 'notional'] as const;

export interface ActModel {
  readonly preview: ActPreview;
  readonly banner: readonly string[];
  /** The market moved and this takes the place of what was shown before. */
  readonly changed: boolean;
}

export function actPreviewBlocks(model: ActModel, t: Words): Block[] {
  const { preview, banner, changed } = model;
  return [
    ...(changed ? [t('act-changed')] : []),
    t(...titleOf(preview.request)),
    ...banner,
    ...effectBlocks(preview, t),
    ...(preview.reductions.length > 0
      ? [{ rows: reductionRows(preview.reductions, FIGURES, t) }]
      : []),
    ...moneyLines(preview, t),
    ...preview.notes.map((note) => t(`act-note-${note}`)),
    ...(preview.fourEyes ? [t('act-four-eyes')] : []),
  ];
}

export function actPreviewView(model: ActModel, now: number, t: Words, buttons: Buttons): View {
  return compose([...actPreviewBlocks(model, t), expiryLine(model, now, t)], buttons);
}

export function expiryLine({ preview }: ActModel, now: number, t: Words): string {
  return t('act-expires', { span: duration(preview.expiresAt - now, t) });
}

/** The same numbers with a last line that says what became of it. */
export function settledActView(model: ActModel, line: string, t: Words): View {
  return compose([...actPreviewBlocks(model, t), line]);
}

export interface RanModel {
  readonly preview: ActPreview;
  readonly adjustments: ActPreview['adjustments'];
  readonly reductions: ActPreview['reductions'];
  readonly dryRun: boolean;
  readonly by: string;
  readonly time: string;
}

export function actRanView(model: RanModel, t: Words): View {
  const { preview, adjustments, reductions, dryRun, by, time } = model;
  const all = [...adjustments, ...reductions];
  const isDone = all.every(
    ({ outcome }) => outcome?.kind === 'confirmed' || outcome?.kind === 'rehearsed',
  );
  const key = dryRun ? 'act-rehearsed' : isDone ? 'act-done' : 'act-partly';
  return compose([
    t(key),
    t(...titleOf(preview.request)),
    ...(adjustments.length > 0 ? [{ rows: adjustmentRows(adjustments, t) }] : []),
    ...(reductions.length > 0 ? [{ rows: reductionRows(reductions, FIGURES, t) }] : []),
    ...fillLines(reductions, t),
    ...adjustmentTroubles(adjustments, t),
    ...reductionTroubles(reductions, t),
    t('done-by', { name: by, time }),
  ]);
}

type Title = readonly [key: string, vars: Readonly<Record<string, string | number>>];

/** What was asked for, in one line: key and values of the catalogue. */
export function titleOf(request: ActRequest): Title {
  if (request.kind === 'deleverage') {
    return ['act-title-deleverage', { times: String(request.leverage) }];
  }
  const name = nameOfOne(request.symbol);
  switch (request.kind) {
    case 'topup':
      return ['act-title-topup', { name, amount: usd(request.usd) }];
    case 'topup_to_rate':
      return ['act-title-topup-rate', { name, rate: rate(request.ratePct) }];
    case 'release':
      return ['act-title-release', { name, amount: usd(request.usd) }];
    case 'reduce':
      return request.sharePct >= 100
        ? ['act-title-close', { name }]
        : ['act-title-reduce', { name, pct: String(request.sharePct) }];
  }
}

function nameOfOne(symbol: PerpSymbol): string {
  return namesFor([symbol])(symbol);
}

/** Where closing takes collateral along, nothing changes but the size. */
function effectBlocks({ effects, reductions }: ActPreview, t: Words): Block[] {
  const isSame = effects.every(
    (effect) =>
      rate(effect.rateBeforePct) === rate(effect.rateAfterPct) &&
      share(effect.distanceBefore) === share(effect.distanceAfter),
  );
  if (isSame && reductions.length > 0) return [t('act-rates-stay')];
  return [{ rows: effectRows(effects, closedBy(reductions), t) }];
}

/** What is closed whole has no margin rate and no distance any more: 0 would read as liquidated. */
function closedBy(reductions: ActPreview['reductions']): ReadonlySet<PerpSymbol> {
  const whole = reductions.filter(({ sharePct, roll }) => sharePct >= 100 && !roll);
  return new Set(whole.map(({ symbol }) => symbol));
}

function effectRows(
  effects: readonly ActEffect[],
  closed: ReadonlySet<PerpSymbol>,
  t: Words,
): string[] {
  const nameOf = namesFor(effects.map(({ symbol }) => symbol));
  const rates = beforeAfter([
    [t('column-rate'), ''],
    ...effects.map(({ symbol, rateBeforePct, rateAfterPct }): [string, string] => [
      rate(rateBeforePct),
      closed.has(symbol) ? t('effect-closed') : rate(rateAfterPct),
    ]),
  ]);
  const distances = beforeAfter([
    [t('column-distance'), ''],
    ...effects.map(({ symbol, distanceBefore, distanceAfter }): [string, string] => [
      share(distanceBefore),
      share(closed.has(symbol) ? null : distanceAfter),
    ]),
  ]);
  const names = ['', ...effects.map(({ symbol }) => nameOf(symbol))];
  const rows = names.map((name, row) => [name, rates[row] ?? '', distances[row] ?? '']);
  return alignRows(rows, ['left', 'left', 'left']);
}

function moneyLines(preview: ActPreview, t: Words): string[] {
  const free = { before: usd(preview.freeBeforeUsd), after: usd(preview.freeAfterUsd) };
  const lines = [t('act-free', free)];
  const { accountRateBeforePct: before, accountRateAfterPct: after } = preview;
  if (before !== null) lines.push(t('act-account', { before: rate(before), after: rate(after) }));
  if (preview.costUsd.gt(0)) lines.push(t('act-cost', { cost: usd(preview.costUsd) }));
  return lines;
}
