/** What would follow if prices moved: rates, then the moves, then the reductions. */
import type { WhatIfPosition, WhatIfView } from '../../engine/door.ts';
import type { Words } from '../i18n/words.ts';
import { adjustmentRows } from './adjustments.ts';
import { rate, share, shortUsd, signedPct, usd } from './format.ts';
import { type NameOf, namesFor } from './names.ts';
import { alignRows } from './table.ts';
import { type Block, compose, type View } from './view.ts';

/** Worst first: what comes after these is no surprise. */
const POSITIONS_MAX = 15;
const MOVES_MAX = 10;

export function whatIfView(view: WhatIfView, t: Words): View {
  const { shift, positions, moves, reductions } = view;
  const nameOf = namesFor(positions.map(({ symbol }) => symbol));
  const pct = signedPct(shift.pct);
  const title =
    shift.symbol === '*'
      ? t('what-if-title-all', { pct })
      : t('what-if-title', { name: nameOf(shift.symbol), pct });
  const rates = { before: rate(view.accountRateBeforePct), after: rate(view.accountRateAfterPct) };
  const blocks: Block[] = [title, t('what-if-account', rates)];
  const lost = positions.filter(({ wouldBeLiquidated }) => wouldBeLiquidated).length;
  if (lost > 0) blocks.push(t('what-if-liquidated', { n: lost }));
  blocks.push({ rows: positionRows(positions.slice(0, POSITIONS_MAX), nameOf, t) });
  blocks.push(...moreLine(positions.length - POSITIONS_MAX, t));
  blocks.push(moves.length > 0 ? t('what-if-moves', { n: moves.length }) : t('what-if-no-moves'));
  if (moves.length > 0) blocks.push({ rows: adjustmentRows(moves.slice(0, MOVES_MAX), t) });
  blocks.push(...moreLine(moves.length - MOVES_MAX, t));
  if (reductions.length > 0) {
    const short = usd(view.shortfallUsd);
    blocks.push(t('what-if-reductions', { n: reductions.length, short }));
    const rows = reductions
      .slice(0, MOVES_MAX)
      .map((cut) => [
        nameOf(cut.symbol),
        `${cut.sharePct.toFixed(0)}%`,
        shortUsd(cut.notionalUsd, t),
        shortUsd(cut.relievesUsd, t),
      ]);
    const head = ['', t('column-close'), t('column-notional'), t('column-relieves')];
    blocks.push({ rows: alignRows([head, ...rows], ['left', 'right', 'right', 'right']) });
    blocks.push(...moreLine(reductions.length - MOVES_MAX, t));
  }
  if (view.remainingUsd.gt(0)) {
    blocks.push(t('what-if-remains', { remaining: usd(view.remainingUsd) }));
  }
  return compose([...blocks, t('what-if-nothing-done')]);
}

function moreLine(n: number, t: Words): string[] {
  return n > 0 ? [t('what-if-more', { n })] : [];
}

const MARK = { liquidated: '✗', endangered: '!', fine: '' };

function positionRows(positions: readonly WhatIfPosition[], nameOf: NameOf, t: Words): string[] {
  const head = ['', t('column-now'), t('column-then'), t('column-managed'), t('column-distance')];
  const body = positions.map((position) => [
    nameOf(position.symbol) + markOf(position),
    position.rateBeforePct.toFixed(2),
    position.rateAfterPct.toFixed(2),
    position.rateManagedPct.toFixed(2),
    share(position.distanceManaged),
  ]);
  return alignRows([head, ...body], ['left', 'right', 'right', 'right', 'right']);
}

function markOf({ wouldBeLiquidated, endangered }: WhatIfPosition): string {
  if (wouldBeLiquidated) return MARK.liquidated;
  return endangered ? MARK.endangered : MARK.fine;
}
