/** Every notice of the engine in words. Emergencies and plans have their own views. */
import type { Notice } from '../../core/notice.ts';
import type { Words } from '../i18n/words.ts';
import { adjustmentRows, adjustmentTroubles } from './adjustments.ts';
import { haltReason } from './banner.ts';
import { dailyView } from './daily.ts';
import { duration } from './duration.ts';
import { clockTime, price, rate, usd } from './format.ts';
import { namesFor } from './names.ts';
import { reducedView } from './plan.ts';
import { reasonText } from './reason.ts';
import { compose, type View } from './view.ts';

export type PlainNotice = Exclude<
  Notice,
  { readonly type: 'emergency' | 'plan_proposed' | 'plan_changed' }
>;
type Of<T extends PlainNotice['type']> = Extract<PlainNotice, { type: T }>;

const DROPPED_SHOWN_MAX = 20;
const TEXT_MAX = 2_000;

/** One renderer per type: a new notice does not compile until it has words. */
const RENDERERS: { readonly [T in PlainNotice['type']]: (notice: Of<T>, t: Words) => View } = {
  started: (notice, t) =>
    compose([
      t(notice.dryRun ? 'notice-started-dry' : 'notice-started', { n: notice.positions }),
      ...notice.warnings.map((text) => t('notice-started-warning', { text: reasonText(text, t) })),
    ]),
  stopped: (notice, t) =>
    compose([
      t('notice-stopped', { reason: reasonText(notice.reason, t) }),
      ...(notice.inFlight > 0 ? [t('notice-stopped-in-flight', { n: notice.inFlight })] : []),
    ]),
  adjusted: adjustedView,
  reduced: (notice, t) => reducedView(notice.plan, notice.by.name, t),
  paused: (notice, t) => compose([pausedLine(notice, t)]),
  account_warning: (notice, t) =>
    compose([
      t(notice.active ? 'notice-account-warning' : 'notice-account-recovered', {
        rate: rate(notice.ratePct),
        limit: rate(notice.limitPct),
      }),
    ]),
  venue_trouble: (notice, t) =>
    compose([
      t(notice.active ? 'notice-venue-trouble' : 'notice-venue-recovered', {
        call: notice.call,
        n: notice.attempts,
        reason: reasonText(notice.reason, t),
      }),
    ]),
  outcome_unknown: (notice, t) =>
    compose([
      t(notice.resolved ? 'notice-outcome-resolved' : 'notice-outcome-unknown', {
        name: namesFor([notice.symbol])(notice.symbol),
        detail: reasonText(notice.detail, t),
      }),
    ]),
  liquidated: (notice, t) =>
    compose([
      t('notice-liquidated', {
        name: namesFor([notice.symbol])(notice.symbol),
        side: t.plain(`side-${notice.side}`),
        price: price(notice.markPrice),
        collateral: usd(notice.collateralUsd),
      }),
    ]),
  roll_interrupted: ({ symbol }, t) =>
    compose([t('notice-roll-interrupted', { name: namesFor([symbol])(symbol) })]),
  drift: (notice, t) =>
    compose([
      t(`notice-drift-${notice.change}`, { name: namesFor([notice.symbol])(notice.symbol) }),
    ]),
  stale: (notice, t) =>
    compose([
      t(notice.active ? 'notice-stale' : 'notice-fresh', {
        what: notice.what === 'account' ? t.plain('data-account') : notice.what,
        age: duration(notice.ageMs, t),
      }),
    ]),
  weights_unknown: (notice, t) => {
    const names = notice.symbols.map(namesFor(notice.symbols)).join(', ');
    return compose([t('notice-weights-unknown', { names })]);
  },
  setting_dropped: ({ settings }, t) => {
    const shown = settings.slice(0, DROPPED_SHOWN_MAX);
    const keys = shown.map(({ key, value }) => `${key} = ${value}`).join(', ');
    const more = settings.length > shown.length ? ' …' : '';
    return compose([t('notice-setting-dropped', { keys: `${keys}${more}`.slice(0, TEXT_MAX) })]);
  },
  settings_changed: (notice, t) =>
    compose([
      t('notice-settings-changed', {
        key: notice.key,
        from: notice.from,
        to: notice.to,
        name: notice.by.name,
      }),
    ]),
  halted: (notice, t) =>
    compose([
      t(notice.active ? 'notice-halted' : 'notice-resumed', {
        reason: haltReason(notice.reason, t, { withRemedy: notice.active }),
      }),
    ]),
  daily: (notice, t) => dailyView(notice.statistics, t),
};

export function noticeView(notice: PlainNotice, t: Words): View {
  const render = RENDERERS[notice.type] as (notice: PlainNotice, t: Words) => View;
  return render(notice, t);
}

function adjustedView(notice: Of<'adjusted'>, t: Words): View {
  const { adjustments, trigger, dryRun } = notice;
  const key = dryRun ? 'notice-adjusted-dry' : 'notice-adjusted';
  const title = t(key, { n: adjustments.length, why: t.plain(`trigger-${trigger}`) });
  const by = trigger === 'manual' ? [t('notice-by', { name: notice.by.name })] : [];
  return compose([
    title,
    { rows: adjustmentRows(adjustments, t) },
    ...adjustmentTroubles(adjustments, t),
    t('notice-free', { free: usd(notice.freeUsd) }),
    ...by,
  ]);
}

function pausedLine({ active, until, by: { name } }: Of<'paused'>, t: Words): string {
  if (!active) return t('notice-unpaused', { name });
  if (until === null) return t('notice-paused', { name });
  return t('notice-paused-until', { name, until: clockTime(until, t) });
}
