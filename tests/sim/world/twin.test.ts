import { describe, expect, test } from 'vitest';
import { Report } from '../../../src/sim/world/report.ts';
import { compareLosses } from '../../../src/sim/world/twin.ts';
import { VirtualTime } from '../../../src/sim/world/virtual-time.ts';

/** What is said about a service that lost these, when its twin lost those. */
function said(own: string, twin: string): { readonly details: string[]; readonly marks: string[] } {
  const report = new Report(new VirtualTime());
  const losses = (symbols: string) =>
    symbols.split(' ').flatMap((symbol) => (symbol ? [{ symbol, at: 1, collateralUsd: 100 }] : []));
  compareLosses(report, { own: losses(own), twin: losses(twin) });
  const details = report.violations.map(({ detail }) => detail);
  return { details, marks: Object.keys(report.marks.counts()) };
}

describe('what a service lost beside its twin', () => {
  test.each([
    ['', '', 'twin and service kept all'],
    ['BTC', 'BTC', 'twin and service lost the same'],
    ['BTC', 'BTC ETH', 'twin lost more'],
    ['', 'ETH', 'twin lost more'],
    ['BTC', 'ETH', 'twin lost others'],
  ])('"%s" beside "%s" is nothing to complain about: %s', (own, twin, mark) => {
    expect(said(own, twin)).toEqual({ details: [], marks: [mark] });
  });

  test.each([
    ['ETH', ''],
    ['BTC ETH', 'BTC'],
  ])('"%s" beside "%s" was lost because of its past', (own, twin) => {
    const { details, marks } = said(own, twin);
    expect(details).toEqual(['lost ETH, which a fresh service keeps']);
    expect(marks).toEqual(['twin kept more']);
  });
});
