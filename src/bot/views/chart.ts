/** From account snapshots to what a picture shows, and the words that go with it. */
import type { ChartSpec, OverTimeSpec } from '../../charts/spec.ts';
import type { PerpSymbol } from '../../core/symbol.ts';
import type { AccountSample, BalancerSettings } from '../../engine/door.ts';
import type { Words } from '../i18n/words.ts';
import { namesFor } from './names.ts';

export const CHART_KINDS = ['margin', 'equity', 'price', 'collateral'] as const;
export type ChartKind = (typeof CHART_KINDS)[number];
export const CHART_SPANS = ['24h', '7d'] as const;
export type ChartSpan = (typeof CHART_SPANS)[number];
export type ChartTheme = OverTimeSpec['theme'];

export interface ChartWish {
  readonly kind: ChartKind;
  readonly span: ChartSpan;
  readonly theme: ChartTheme;
  /** Of whom the price is; null for what concerns the account. */
  readonly symbol: PerpSymbol | null;
}

export interface ChartModel {
  readonly wish: ChartWish;
  /** Oldest first. */
  readonly samples: readonly AccountSample[];
  readonly fromAt: number;
  readonly toAt: number;
  readonly thresholds: BalancerSettings['thresholds'];
}

const CURRENCY = 'USD';

/** Null where a price is wanted of no symbol. */
export function chartSpec(model: ChartModel, t: Words): ChartSpec | null {
  const { wish, thresholds, toAt } = model;
  const samples = rising(model.samples);
  // A record that is shorter than the span fills the picture all the same.
  const fromAt = Math.max(model.fromAt, samples[0]?.at ?? 0);
  const times = samples.map(({ at }) => at);
  const common = { theme: wish.theme, zone: t.timeZone, times, fromAt, toAt };
  const equity = samples.map(({ equityUsd }) => equityUsd);
  switch (wish.kind) {
    case 'margin':
      return {
        ...{ kind: 'margin', ...common },
        positions: linesOf(samples, ({ ratePct }) => ratePct),
        accountRates: samples.map(({ accountRatePct }) => accountRatePct),
        emergencyRatePct: thresholds.emergency_margin_rate,
        accountWarningPct: thresholds.account_margin_rate_warning,
      };
    case 'equity': {
      const free = samples.map(({ availableUsd }) => availableUsd);
      return { kind: 'equity', ...common, currency: CURRENCY, equity, free };
    }
    case 'collateral': {
      const positions = linesOf(samples, ({ collateralUsd }) => collateralUsd);
      return { kind: 'collateral', ...common, currency: CURRENCY, positions, equity };
    }
    case 'price': {
      if (!wish.symbol) return null;
      const held = samples.map((sample) => positionIn(sample, wish.symbol));
      return {
        ...{ kind: 'price', ...common, currency: CURRENCY },
        prices: held.map((position) => position?.markPrice ?? null),
        liquidationPrices: held.map((position) => position?.liquidationPrice ?? null),
        entryPrice: held.findLast((position) => position !== undefined)?.entryPrice ?? null,
      };
    }
  }
}

/** Title and legend. HTML. */
export function chartCaption({ kind, span, symbol }: ChartWish, t: Words): string {
  const words = { span: t.plain(`chart-span-${span}`) };
  const name = symbol ? { name: namesFor([symbol])(symbol) } : {};
  const title = t(`chart-title-${kind}`, { ...words, ...name });
  return `${title}\n${t(`chart-legend-${kind}`)}`;
}

type PositionSample = AccountSample['positions'][number];

function positionIn(sample: AccountSample, symbol: PerpSymbol | null): PositionSample | undefined {
  return sample.positions.find((position) => position.symbol === symbol);
}

/** One line for every symbol that was held in the span. */
function linesOf(
  samples: readonly AccountSample[],
  read: (position: PositionSample) => number | null,
): { label: string; values: (number | null)[] }[] {
  const bySymbol = new Map<PerpSymbol, (number | null)[]>();
  samples.forEach((sample, index) => {
    for (const position of sample.positions) {
      const values = bySymbol.get(position.symbol) ?? samples.map(() => null);
      values[index] = read(position);
      bySymbol.set(position.symbol, values);
    }
  });
  const nameOf = namesFor(bySymbol.keys());
  return [...bySymbol].map(([symbol, values]) => ({ label: nameOf(symbol), values }));
}

/** A clock that was set back would make a line turn round. */
function rising(samples: readonly AccountSample[]): AccountSample[] {
  let last = Number.NEGATIVE_INFINITY;
  return samples.filter(({ at }) => {
    const isLater = at > last;
    last = Math.max(last, at);
    return isLater;
  });
}
