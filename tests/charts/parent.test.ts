import { expect, test } from 'vitest';
import { importsOf, localImportsOf, type Source, sourcesIn } from '../tidy/sources.ts';

const sources = new Map(sourcesIn('src', ['.ts']).map((source) => [source.path, source]));

/** Everything a file loads, type-only imports included. */
function loadedBy(path: string): readonly Source[] {
  const found = new Map<string, Source>();
  const visit = (next: string): void => {
    const source = sources.get(next);
    if (!source || found.has(next)) return;
    found.set(next, source);
    localImportsOf(source).forEach(visit);
  };
  visit(path);
  return [...found.values()];
}

const packagesOf = (path: string) => new Set(loadedBy(path).flatMap((each) => importsOf(each)));
const isHeavy = (name: string) => /^(echarts|zrender|@resvg|dejavu)/.test(name);

test('the door of the charts loads no drawing library; the drawing process does', () => {
  expect([...packagesOf('src/charts/index.ts')].filter(isHeavy)).toEqual([]);
  expect([...packagesOf('src/charts/process/child.ts')].filter(isHeavy)).not.toEqual([]);
});

test('nor does the service', () => {
  expect(loadedBy('src/app.ts').length).toBeGreaterThan(100);
  expect([...packagesOf('src/app.ts')].filter(isHeavy)).toEqual([]);
});
