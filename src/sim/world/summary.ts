/** What many seeds together say, for people and for programs. */
import { SECOND_MS } from '../../core/time.ts';
import type { SeedResult } from './run-seed.ts';

export interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface Summary {
  readonly seeds: number;
  readonly hours: number;
  readonly tookMs: number;
  readonly failedSeeds: readonly number[];
  readonly violations: Readonly<Record<string, number>>;
  readonly intents: number;
  readonly effects: number;
  readonly unknowns: number;
  /** From the moment an outcome became unknown, ms. */
  readonly resolvedAfterMs: Spread;
  /** From the moment it could have been found out, ms. */
  readonly foundOutAfterMs: Spread;
  readonly crashes: number;
  readonly requests: number;
  /** Share of a request limit that was used at the worst moment. */
  readonly busiest: number;
}

/** 99 of 100 outcomes are known this long after the exchange answers again. */
export const FOUND_OUT_WITHIN_MS = 15 * SECOND_MS;

export function summaryOf(results: readonly SeedResult[], tookMs: number): Summary {
  const sum = (of: (result: SeedResult) => number): number =>
    results.reduce((total, result) => total + of(result), 0);
  const violations: Record<string, number> = {};
  for (const { check } of results.flatMap((result) => result.violations)) {
    violations[check] = (violations[check] ?? 0) + 1;
  }
  const failed = results.filter((result) => result.violations.length > 0);
  return {
    seeds: results.length,
    hours: sum(({ hours }) => hours),
    tookMs: Math.round(tookMs),
    failedSeeds: failed.map(({ seed }) => seed),
    violations,
    intents: sum(({ counts }) => counts.intents),
    effects: sum(({ counts }) => counts.effects),
    unknowns: sum(({ counts }) => counts.unknowns),
    resolvedAfterMs: spreadOf(results.flatMap(({ resolvedAfterMs }) => resolvedAfterMs)),
    foundOutAfterMs: spreadOf(results.flatMap(({ foundOutAfterMs }) => foundOutAfterMs)),
    crashes: sum(({ counts }) => counts.crashes),
    requests: sum(({ counts }) => counts.requests),
    busiest: Math.max(0, ...results.map(({ busiest }) => busiest)),
  };
}

/** All zero when there is nothing. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number =>
    Math.round(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0);
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) };
}

export function linesOf(summary: Summary): string[] {
  const { hours, tookMs, intents, effects, unknowns, crashes, requests, busiest } = summary;
  return [
    `${hours} simulated hours in ${(tookMs / SECOND_MS).toFixed(0)} s`,
    `${intents} intents, ${effects} carried out, ${unknowns} of unknown outcome`,
    `unknown outcomes known again: ${inWords(summary.resolvedAfterMs)}`,
    `after the exchange answered again: ${inWords(summary.foundOutAfterMs)}`,
    `${crashes} crashes`,
    `${requests} requests, at most ${(100 * busiest).toFixed(0)} % of any limit`,
  ];
}

function inWords({ p50, p99, max }: Spread): string {
  const seconds = (ms: number): string => `${(ms / SECOND_MS).toFixed(1)} s`;
  return `half within ${seconds(p50)}, 99 % within ${seconds(p99)}, all within ${seconds(max)}`;
}
