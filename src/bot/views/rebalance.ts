/** A rebalance as a plan, while it runs, and as it ended. */
import type { AdjustmentReport } from '../../core/notice.ts';
import type { MoveDifference, RebalancePreview, UnavailableReason } from '../../engine/door.ts';
import type { Words } from '../i18n/words.ts';
import { adjustmentRows, adjustmentTroubles } from './adjustments.ts';
import { duration } from './duration.ts';
import { signedUsd, usd } from './format.ts';
import { namesFor } from './names.ts';
import { type Block, type Buttons, compose, type View } from './view.ts';

export interface PreviewModel {
  readonly preview: RebalancePreview;
  readonly banner: readonly string[];
  /** Why this takes the place of a plan shown before; null when it does not. */
  readonly changed: readonly MoveDifference[] | null;
}

/** The largest differences say enough. */
const DIFFERENCES_MAX = 5;

export function previewView(model: PreviewModel, now: number, t: Words, buttons: Buttons): View {
  const { preview } = model;
  const expires = t('rebalance-expires', { span: duration(preview.expiresAt - now, t) });
  return compose([...changedLines(model, t), ...planBlocks(model, t), expires], buttons);
}

export function nothingToDoView(model: PreviewModel, t: Words): View {
  const { preview, banner } = model;
  return compose([
    ...changedLines(model, t),
    t('rebalance-nothing', { skipped: preview.skipped, free: usd(preview.freeAfterUsd) }),
    ...banner,
  ]);
}

/** One paragraph, so that it stands apart from the plan that follows. */
function changedLines({ changed }: PreviewModel, t: Words): string[] {
  if (!changed) return [];
  const size = ({ shownUsd, freshUsd }: MoveDifference) => freshUsd.minus(shownUsd).abs();
  const sorted = [...changed].sort((a, b) => size(b).cmp(size(a)));
  const nameOf = namesFor(sorted.flatMap(({ symbol }) => symbol ?? []));
  const lines = sorted.slice(0, DIFFERENCES_MAX).map(({ symbol, shownUsd, freshUsd }) =>
    symbol
      ? t('rebalance-changed-move', {
          ...{ name: nameOf(symbol), before: signedUsd(shownUsd), after: signedUsd(freshUsd) },
        })
      : t('rebalance-changed-total', { before: usd(shownUsd), after: usd(freshUsd) }),
  );
  const more = changed.length - lines.length;
  const rest = more > 0 ? [t('rebalance-changed-more', { n: more })] : [];
  return [[t('rebalance-changed'), ...lines, ...rest].join('\n')];
}

/** The same plan with a last line that says what became of it. */
export function settledPlanView(model: PreviewModel, line: string, t: Words): View {
  return compose([...planBlocks(model, t), line]);
}

function planBlocks({ preview, banner }: PreviewModel, t: Words): Block[] {
  const skipped = preview.skipped > 0 ? [t('rebalance-skipped', { n: preview.skipped })] : [];
  return [
    t('rebalance-title', { n: preview.adjustments.length }),
    ...banner,
    t(`rebalance-why-${preview.mode}`),
    { rows: adjustmentRows(preview.adjustments, t) },
    t('rebalance-free', { before: usd(preview.freeBeforeUsd), after: usd(preview.freeAfterUsd) }),
    ...skipped,
  ];
}

export interface RunModel {
  readonly adjustments: readonly AdjustmentReport[];
  readonly dryRun: boolean;
  readonly by: string;
  readonly time: string;
}

export function ranView(model: RunModel, t: Words): View {
  const { adjustments, dryRun, by, time } = model;
  const done = adjustments.filter(
    ({ outcome }) => outcome?.kind === 'confirmed' || outcome?.kind === 'rehearsed',
  ).length;
  const key = dryRun ? 'rebalance-rehearsed' : 'rebalance-ran';
  const title = t(key, { done, total: adjustments.length });
  const rows: Block[] = adjustments.length > 0 ? [{ rows: adjustmentRows(adjustments, t) }] : [];
  const troubles = adjustmentTroubles(adjustments, t);
  return compose([title, ...rows, ...troubles, t('done-by', { name: by, time })]);
}

export function unavailableView(reason: UnavailableReason, t: Words): View {
  return compose([t(`unavailable-${reason}`)]);
}
