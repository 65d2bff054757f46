import type { DailyStatistics } from '../../core/notice.ts';
import type { PositionView, StatusView } from '../../engine/door.ts';
import type { Words } from '../i18n/words.ts';
import { bannerLines } from './banner.ts';
import { age, duration } from './duration.ts';
import { rate, share, shortUsd, signedUsd, usd } from './format.ts';
import { escapeHtml } from './html.ts';
import { lostLines, lostToday } from './lost.ts';
import { namesFor } from './names.ts';
import { accountSeverity, DOT } from './severity.ts';
import { alignRows } from './table.ts';
import { type Buttons, compose, type View } from './view.ts';

export interface StatusModel {
  readonly status: StatusView;
  readonly day: DailyStatistics;
  readonly positions: readonly PositionView[];
  readonly emergencyRatePct: number;
}

/** Below this all prices count as equally fresh. */
const OLD_PRICE_MS = 15_000;

/** The account at a glance: rate first, then money, the worst position, freshness, what waits. */
export function statusView(model: StatusModel, t: Words, buttons: Buttons = []): View {
  const { status, day } = model;
  const blocks = [
    headline(model, t),
    ...bannerLines(status, t),
    ...lostLines(day, status.at, t),
    { rows: moneyRows(status, t) },
    worstLine(status, t),
    freshnessLine(status, t),
    ...oldestLines(model, t),
    cycleLine(status, t),
    ...waitingLines(status, t),
    t('status-about', {
      venue: venueName(status, t),
      version: status.version,
      uptime: duration(status.at - status.startedAt, t),
    }),
  ];
  return compose(
    blocks.filter((block) => block !== ''),
    buttons,
  );
}

/** Plain text. The simulator speaks an exchange's protocol, which does not make it that one. */
export function venueName(
  { simulated, venue }: Pick<StatusView, 'simulated' | 'venue'>,
  t: Words,
): string {
  return simulated ? t.plain('venue-simulator') : venue;
}

function headline({ status, day, positions, emergencyRatePct }: StatusModel, t: Words): string {
  const isWarned = status.accountWarning || lostToday(day, status.at);
  const dot = DOT[accountSeverity(positions, emergencyRatePct, isWarned)];
  return t(headlineKey(status), { rate: rate(status.accountRatePct), dot });
}

function headlineKey(status: StatusView): string {
  if (status.snapshotAgeMs === null) return 'status-title-starting';
  if (status.positions === 0) return 'status-title-empty';
  if (status.accountRatePct === null) return 'status-title-unknown';
  return status.accountWarning ? 'status-title-warning' : 'status-title';
}

function moneyRows(status: StatusView, t: Words): string[] {
  const rows = [
    [t('status-equity'), usd(status.equityUsd)],
    [t('status-free'), usd(status.availableUsd)],
    [t('status-collateral'), usd(status.collateralUsd)],
    [t('status-pnl'), signedUsd(status.unrealizedPnlUsd)],
    [t('status-notional'), shortUsd(status.notionalUsd, t)],
  ];
  return alignRows(rows, ['left', 'right'], '  ');
}

function worstLine({ worst }: StatusView, t: Words): string {
  if (!worst) return '';
  const name = namesFor([worst.symbol])(worst.symbol);
  return t('status-worst', {
    name,
    side: t.plain(`side-${worst.side}`),
    rate: rate(worst.marginRatePct),
    distance: share(worst.distance),
  });
}

function freshnessLine(status: StatusView, t: Words): string {
  const key = status.feedUp ? 'status-feed-up' : 'status-feed-down';
  return t(key, {
    feedAge: age(status.feedAgeMs, t),
    snapshotAge: age(status.snapshotAgeMs, t),
    streamed: status.streamed,
    positions: status.positions,
  });
}

function oldestLines({ positions }: StatusModel, t: Words): string[] {
  const priced = positions.filter(({ markAgeMs }) => markAgeMs !== null);
  const oldest = priced.sort((a, b) => (b.markAgeMs ?? 0) - (a.markAgeMs ?? 0))[0];
  if (!oldest || (oldest.markAgeMs ?? 0) <= OLD_PRICE_MS) return [];
  const name = namesFor(positions.map(({ symbol }) => symbol))(oldest.symbol);
  return [t('status-oldest', { name, age: age(oldest.markAgeMs, t) })];
}

function cycleLine(status: StatusView, t: Words): string {
  if (status.nextCycleAt === null) return escapeHtml(t.plain('status-cycle-none'));
  return t('status-cycle', { next: duration(status.nextCycleAt - status.at, t) });
}

function waitingLines(status: StatusView, t: Words): string[] {
  const lines: string[] = [];
  if (status.pendingPlans > 0) lines.push(t('status-plans', { n: status.pendingPlans }));
  if (status.unknownOutcomes > 0) lines.push(t('status-unknown', { n: status.unknownOutcomes }));
  if (status.venueFailuresInARow > 0) {
    lines.push(t('status-failures', { n: status.venueFailuresInARow }));
  }
  return lines;
}
