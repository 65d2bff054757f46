/** The door of the charts: specifications in, PNG out. Loads no drawing library. */
export { type Charts, type ChartsDeps, createCharts } from './charts.ts';
export {
  ChartError,
  ChartProcessError,
  ChartSpecError,
  ChartsBusyError,
  ChartsClosedError,
  ChartTimeoutError,
} from './errors.ts';
export { CHART_MARKS, type ChartSpec, type Theme } from './spec.ts';
