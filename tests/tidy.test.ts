/** The house rules as a test: what is allowed to know what, and how large things may grow. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  functionsOf,
  importsOf,
  localImportsOf,
  ROOT,
  type Source,
  sourcesIn,
} from './tidy/sources.ts';

const source = sourcesIn('src', ['.ts']);
const tests = sourcesIn('tests', ['.ts']);
const page = sourcesIn('src', ['.js', '.css', '.html']);
const everything = [...source, ...tests, ...page];

/** What each room may import, besides itself. `app.ts`, `main.ts` and `demo.ts` are the entries. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  ports: ['core'],
  systems: ['core'],
  risk: ['core', 'ports'],
  engine: ['core', 'ports', 'risk', 'systems'],
  venues: ['core', 'ports'],
  storage: ['core', 'ports'],
  ops: ['core', 'ports'],
  charts: ['core', 'ports'],
  bot: ['core', 'ports', 'engine', 'charts'],
  sim: ['core', 'ports', 'charts'],
  config: ['core', 'systems'],
};
const ENTRIES = new Set(['src/main.ts', 'src/app.ts', 'src/demo.ts']);
/** The replay drives what production runs: the deciders and the gate, by their doors. */
const REPLAY = /^src\/sim\/replay\//;
const REPLAY_DOORS = /^src\/(systems\/balancer|risk)\/index\.ts$/;
/** The whole service against a simulated world: it puts everybody together, as `app.ts` does. */
const WORLD = 'src/sim/world/';
const WORLD_ENTRIES = new Set([`${WORLD}main.ts`, `${WORLD}worker.ts`]);
/** Started by path as a process of its own, so nobody imports it. */
const DRAWING_PROCESS = 'src/charts/process/child.ts';
const FILE_MAX = 400;
const FUNCTION_MAX = 70;
const LINE_MAX = 100;

function offenders(sources: readonly Source[], isBad: (source: Source) => boolean): string[] {
  return sources.filter(isBad).map(({ path }) => path);
}

function linesMatching(sources: readonly Source[], pattern: RegExp, except: RegExp): string[] {
  return sources
    .filter(({ path }) => !except.test(path))
    .flatMap(({ path, lines }) =>
      lines.flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1} ${line.trim()}`] : [])),
    );
}

const roomOf = (path: string): string => path.split('/')[1] ?? '';

describe('sizes', () => {
  test(`no file is longer than ${FILE_MAX} lines`, () => {
    expect(offenders(everything, ({ lines }) => lines.length > FILE_MAX + 1)).toEqual([]);
  });

  test('the median source file is at most 120 lines and nine of ten are at most 250', () => {
    const sizes = source.map(({ lines }) => lines.length).sort((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(120);
    expect(sizes[Math.floor(sizes.length * 0.9)]).toBeLessThanOrEqual(250);
  });

  test(`no function is longer than ${FUNCTION_MAX} lines`, () => {
    const long = source.flatMap((file) =>
      functionsOf(file)
        .filter(({ lines }) => lines > FUNCTION_MAX)
        .map(({ name, lines }) => `${file.path} ${name}: ${lines}`),
    );
    expect(long).toEqual([]);
  });

  test(`no line is longer than ${LINE_MAX} columns`, () => {
    const long = [...source, ...tests].flatMap(({ path, lines }) =>
      lines.flatMap((line, i) => (line.length > LINE_MAX ? [`${path}:${i + 1}`] : [])),
    );
    expect(long).toEqual([]);
  });
});

describe('who may know whom', () => {
  test('each room imports only what the design allows', () => {
    const bad = source.flatMap((file) => {
      if (ENTRIES.has(file.path) || file.path.startsWith(WORLD)) return [];
      const allowed = MAY_IMPORT[roomOf(file.path)];
      if (!allowed) return [`${file.path} is in no known room`];
      return localImportsOf(file)
        .filter((path) => path.startsWith('src/'))
        .filter((path) => roomOf(path) !== roomOf(file.path) && !allowed.includes(roomOf(path)))
        .filter((path) => !(REPLAY.test(file.path) && REPLAY_DOORS.test(path)))
        .map((path) => `${file.path} → ${path}`);
    });
    expect(bad).toEqual([]);
  });

  test('nobody imports the entries', () => {
    const bad = source
      .filter(({ path }) => !ENTRIES.has(path))
      .flatMap((file) => localImportsOf(file).filter((path) => ENTRIES.has(path)));
    expect(bad).toEqual([]);
  });

  test('the bot knows the engine by its door, the engine knows systems by theirs', () => {
    const bad = source.flatMap((file) =>
      localImportsOf(file).filter((path) => {
        const fromBot = roomOf(file.path) === 'bot' && roomOf(path) === 'engine';
        if (fromBot) return !/engine\/(door|index)\.ts$/.test(path);
        const fromEngine = roomOf(file.path) === 'engine' && roomOf(path) === 'systems';
        return fromEngine && !/^src\/systems\/[a-z]+\/(index|settings)\.ts$/.test(path);
      }),
    );
    expect(bad).toEqual([]);
  });

  test('no system imports a sibling', () => {
    const systemOf = (path: string) => path.split('/')[2];
    const bad = source
      .filter(({ path }) => roomOf(path) === 'systems')
      .flatMap((file) =>
        localImportsOf(file).filter(
          (path) => roomOf(path) === 'systems' && systemOf(path) !== systemOf(file.path),
        ),
      );
    expect(bad).toEqual([]);
  });

  test('every source file is used by another one or is an entry', () => {
    const used = new Set([...source, ...tests].flatMap((file) => localImportsOf(file)));
    const started = new Set([...ENTRIES, ...WORLD_ENTRIES, DRAWING_PROCESS]);
    expect(offenders(source, ({ path }) => !used.has(path) && !started.has(path))).toEqual([]);
  });
});

describe('edges', () => {
  const clockFiles = /^src\/(ops\/(clock|schedule|shutdown)\.ts|main\.ts)/;

  test('time and timers are read in ops only', () => {
    const pattern =
      /\bDate\.now\(|\bnew Date\(\)|\bsetTimeout\(|\bsetInterval\(|performance\.now\(/;
    expect(linesMatching(source, pattern, clockFiles)).toEqual([]);
  });

  test('chance comes in by parameter', () => {
    const pattern = /Math\.random\(|randomBytes\(|randomUUID\(/;
    expect(linesMatching(source, pattern, /^src\/(app|demo)\.ts/)).toEqual([]);
  });

  test('only storage, configuration, texts and the simulators touch files', () => {
    const allowed =
      /^src\/(storage|sim)\/|^src\/main\.ts|^src\/config\/load\.ts|^src\/bot\/(i18n|locales?)/;
    const bad = source
      .filter(({ path }) => !allowed.test(path))
      .filter((file) => importsOf(file).some((name) => /^(node:)?fs(\/promises)?$/.test(name)))
      .map(({ path }) => path);
    expect(bad).toEqual([]);
  });

  test('only the risk gate approves and only storage hands out receipts', () => {
    expect(linesMatching(source, /as (unknown as )?Approved</, /^src\/risk\/gate\.ts/)).toEqual([]);
    expect(linesMatching(source, /as (unknown as )?Receipt\b/, /^src\/storage\//)).toEqual([]);
  });

  test('nothing writes to the console except the entry', () => {
    expect(linesMatching(source, /\bconsole\./, /^src\/main\.ts/)).toEqual([]);
  });
});

describe('wording', () => {
  test('no notes to self, no lint or type suppressions', () => {
    const words = ['TODO', 'FIXME', 'XXX', 'HACK'].join('|');
    const pattern = new RegExp(
      `\\b(${words})\\b|@ts-(ignore|expect-error|nocheck)|biome-ignore|: any\\b|as any\\b`,
    );
    expect(linesMatching([...source, ...tests], pattern, /^tests\/tidy\.test\.ts/)).toEqual([]);
  });

  test('no default exports', () => {
    expect(linesMatching(source, /^export default\b/, /^$/)).toEqual([]);
  });

  test('no test is skipped or alone', () => {
    const pattern = /\b(test|it|describe)\.(only|skip|todo)\(/;
    expect(linesMatching(tests, pattern, /^tests\/tidy\.test\.ts/)).toEqual([]);
  });

  test('file names are kebab-case', () => {
    const pattern = /^[a-z0-9]+(-[a-z0-9]+)*(\.property)?(\.(test|config|d))?\.[a-z]+$/;
    expect(offenders(everything, ({ path }) => !pattern.test(basename(path)))).toEqual([]);
  });
});

describe('top level', () => {
  test('holds what the user asked for and nothing else that is visible', () => {
    const wanted = ['Dockerfile', 'LICENSE', 'README.md', 'config', 'data', 'package-lock.json'];
    wanted.push('package.json', 'src', 'tests', 'tsconfig.json');
    const built = new Set(['node_modules', 'dist']);
    const visible = readdirSync(ROOT).filter((name) => !name.startsWith('.') && !built.has(name));
    expect(visible.sort()).toEqual(wanted.sort());
    expect(existsSync(join(ROOT, '.ci/run'))).toBe(true);
  });
});
