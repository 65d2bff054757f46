/** The picture of a replay: one line per policy, matched survival over leverage. */
import type { ChartSpec } from '../../charts/index.ts';
import type { Row } from './rows.ts';

type SurvivalSpec = Extract<ChartSpec, { kind: 'survival' }>;

/** Windows and biases are pooled: every cross survivor counts once. */
export function survivalChart(rows: readonly Row[]): SurvivalSpec {
  const policies = [...new Set(rows.map(({ policy }) => policy))];
  const leverages = [...new Set(rows.map(({ leverage }) => leverage))].sort((a, b) => a - b);
  const lines = policies.map((policy) => ({
    label: policy,
    points: leverages.map((leverage): [number, number | null] => {
      const own = rows.filter((row) => row.policy === policy && row.leverage === leverage);
      const survivors = own.reduce((sum, row) => sum + row.crossSurvivors, 0);
      const unhurt = own.reduce(
        (sum, row) => sum + (row.matchedSurvival ?? 0) * row.crossSurvivors,
        0,
      );
      return [leverage, survivors === 0 ? null : Math.min(100, (unhurt / survivors) * 100)];
    }),
  }));
  return { kind: 'survival', theme: 'light', xUnit: '×', lines };
}
