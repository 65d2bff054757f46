/** One ordinary specification of each kind. */
import type {
  ChartSpec,
  CollateralSpec,
  EquitySpec,
  MarginSpec,
  PositionsSpec,
  PriceSpec,
  SurvivalSpec,
} from '../../src/charts/spec.ts';

const MINUTE_MS = 60_000;
export const START = Date.UTC(2026, 10, 20, 10);
export const times = Array.from({ length: 60 }, (_, i) => START + i * 5 * MINUTE_MS);

export const flat = (value: number) => times.map(() => value);
export const wave = (middle: number, swing: number) =>
  times.map((_, i) => middle + swing * Math.sin(i / 7));

const overTime = { theme: 'dark', zone: 'UTC', times } as const;

export const margin: MarginSpec = {
  kind: 'margin',
  ...overTime,
  positions: [
    { label: 'BTC', values: wave(6, 1) },
    { label: 'ETH', values: wave(8, 2) },
  ],
  accountRates: wave(9, 0.5),
  emergencyRatePct: 2,
  accountWarningPct: 3,
};

export const equity: EquitySpec = {
  kind: 'equity',
  ...overTime,
  currency: 'USDt',
  equity: wave(50_000, 2_000),
  free: wave(9_000, 500),
};

export const collateral: CollateralSpec = {
  kind: 'collateral',
  ...overTime,
  currency: 'USDt',
  positions: [
    { label: 'BTC', values: flat(6_000) },
    { label: 'ETH', values: wave(4_000, 300) },
  ],
  equity: wave(14_000, 200),
};

export const price: PriceSpec = {
  kind: 'price',
  ...overTime,
  currency: 'USDt',
  prices: wave(64_000, 900),
  liquidationPrices: flat(57_200),
  entryPrice: 61_200,
};

export const survival: SurvivalSpec = {
  kind: 'survival',
  theme: 'dark',
  xUnit: '×',
  lines: [
    {
      label: 'cross',
      points: [
        [3, 100],
        [8, 90],
        [20, 40],
      ],
    },
    {
      label: 'none',
      points: [
        [3, 4],
        [8, 0],
        [20, 0],
      ],
    },
  ],
};

export const positions: PositionsSpec = {
  kind: 'positions',
  theme: 'dark',
  positions: [
    { label: 'BTC', distancePct: 12, danger: 'calm' },
    { label: 'ETH', distancePct: 4, danger: 'warning' },
    { label: 'SOL', distancePct: 1, danger: 'critical' },
    { label: 'XRP', distancePct: null, danger: 'warning' },
  ],
};

export const everyKind: readonly ChartSpec[] = [
  margin,
  equity,
  collateral,
  price,
  survival,
  positions,
];
