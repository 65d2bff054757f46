/** The pinned message of a chat: what somebody looks at first, in as few lines as possible. */
import type { DailyStatistics } from '../../core/notice.ts';
import type { PositionView, StatusView } from '../../engine/door.ts';
import type { Words } from '../i18n/words.ts';
import { bannerLines } from '../views/banner.ts';
import { clockTime, rate, share, shortUsd, usd } from '../views/format.ts';
import { lostLines, lostToday } from '../views/lost.ts';
import { namesFor } from '../views/names.ts';
import { accountSeverity, DOT, ROW_MARK, severityOf } from '../views/severity.ts';
import { alignRows } from '../views/table.ts';
import { type Block, compose, type View } from '../views/view.ts';

export interface CardModel {
  readonly status: StatusView;
  /** Worst first. */
  readonly positions: readonly PositionView[];
  readonly emergencyRatePct: number;
  readonly day: DailyStatistics;
}

export const CARD_POSITIONS = 5;

/** What is worth an edit; the time below it is not. */
export function cardBlocks(model: CardModel, t: Words): Block[] {
  const { status, positions, day, emergencyRatePct } = model;
  const isWarned = status.accountWarning || lostToday(day, status.at);
  const dot = DOT[accountSeverity(positions, emergencyRatePct, isWarned)];
  const vars = { rate: rate(status.accountRatePct), free: usd(status.availableUsd) };
  const shown = positions.slice(0, CARD_POSITIONS);
  const rest = positions.length - shown.length;
  if (status.snapshotAgeMs === null) return [t('card-starting'), ...bannerLines(status, t)];
  return [
    t('card-title', { dot, ...vars }),
    ...bannerLines(status, t),
    ...lostLines(day, status.at, t),
    shown.length === 0 ? t('card-empty') : { rows: rowsOf(shown, model, t) },
    ...(rest > 0 ? [t('card-rest', { n: rest })] : []),
    feedLine(status, t),
  ];
}

export function cardView(blocks: readonly Block[], at: number, t: Words): View {
  const { pages } = compose([...blocks, t('as-of', { time: clockTime(at, t) })]);
  return { pages: pages.slice(0, 1) };
}

/** The last state of a service that ends. */
export function stoppedView(at: number, t: Words): View {
  return compose([t('card-stopped', { time: clockTime(at, t) })]);
}

function rowsOf(shown: readonly PositionView[], model: CardModel, t: Words): string[] {
  const nameOf = namesFor(model.positions.map(({ symbol }) => symbol));
  const rows = shown.map((position) => [
    nameOf(position.symbol) + ROW_MARK[severityOf(position, model.emergencyRatePct)],
    t(`side-short-${position.side}`),
    rate(position.marginRatePct),
    share(position.distance),
    shortUsd(position.collateralUsd, t),
  ]);
  return alignRows(rows, ['left', 'left', 'right', 'right', 'right']);
}

/** Coarse on purpose: a card that counts seconds would be edited for nothing. */
function feedLine({ feedUp, feedAgeMs }: StatusView, t: Words): string {
  if (!feedUp || feedAgeMs === null) return t('card-feed-down');
  const minutes = Math.floor(feedAgeMs / 60_000);
  if (minutes >= 1) return t('card-feed-minutes', { n: minutes });
  return t(feedAgeMs < 10_000 ? 'card-feed-live' : 'card-feed-slow');
}
