/** What other people's code comes along, and what of it may do something at install. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ROOT } from './sources.ts';

const versions = z.record(z.string(), z.string());
const manifestSchema = z.object({
  dependencies: versions,
  devDependencies: versions,
  scripts: versions,
});
const lockedSchema = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  link: z.boolean().optional(),
  dev: z.boolean().optional(),
  optional: z.boolean().optional(),
  hasInstallScript: z.boolean().optional(),
  license: z.string().optional(),
});
const lockSchema = z.object({ packages: z.record(z.string(), lockedSchema) });
const installedSchema = z.object({ name: z.string().optional(), scripts: versions.optional() });

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const manifest = manifestSchema.parse(JSON.parse(read('package.json')));
const direct = { ...manifest.dependencies, ...manifest.devDependencies };
const { '': _, ...locked } = lockSchema.parse(JSON.parse(read('package-lock.json'))).packages;
const packages = Object.entries(locked).map(([path, one]) => ({ path, ...one }));
/** What the built service brings along on one machine: a binary for each other one is left out. */
const inProduction = packages.filter(({ dev, optional }) => !dev && !optional);

/** Each runs its own binary instead of the one it would put in place at install. */
const MAY_HAVE_INSTALL_SCRIPT = ['esbuild'];
const IN_PRODUCTION_MAX = 64;
const LICENCES = [
  ...['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT'],
  ...['MIT OR Apache-2.0', 'MPL-2.0'],
];
/** A font: free to use and to pass on, with its own text. */
const OWN_LICENCE = 'node_modules/dejavu-fonts-ttf';

const nameOf = (path: string): string => path.split('node_modules/').at(-1) ?? '';
const names = (found: readonly { readonly path: string }[]): string[] =>
  [...new Set(found.map(({ path }) => nameOf(path)))].sort();

/** Every package there is in a folder of packages, the nested ones included. */
function* installedIn(folder: string): Generator<string> {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (name.startsWith('.')) continue;
    const path = join(folder, name);
    if (name.startsWith('@')) yield* installedIn(path);
    else if (existsSync(join(path, 'package.json'))) {
      yield path;
      yield* installedIn(join(path, 'node_modules'));
    }
  }
}

function runsAtInstall(path: string): boolean {
  const { scripts = {} } = installedSchema.parse(
    JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')),
  );
  const named = ['preinstall', 'install', 'postinstall'].some((name) => name in scripts);
  // npm compiles whatever has this file, without any script.
  return named || existsSync(join(path, 'binding.gyp'));
}

describe('packages', () => {
  test('are named by exact versions, from the registry', () => {
    const loose = Object.entries(direct).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
    expect(loose).toEqual([]);
  });

  test('are locked by the checksum of their content', () => {
    const open = packages.filter(({ integrity }) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''));
    expect(names(open)).toEqual([]);
    const registry = 'https://registry.npmjs.org/';
    const foreign = packages.filter(
      ({ resolved, link }) => link || (resolved !== undefined && !resolved.startsWith(registry)),
    );
    expect(names(foreign)).toEqual([]);
  });

  test('are locked in the versions that are asked for', () => {
    const of = (name: string) => locked[`node_modules/${name}`]?.version;
    expect(Object.keys(direct).map((name) => [name, of(name)])).toEqual(Object.entries(direct));
  });

  test('have licences that allow the service to be passed on', () => {
    const others = packages.filter(({ license = '' }) => !LICENCES.includes(license));
    expect(others.map(({ path }) => path)).toEqual([OWN_LICENCE]);
  });

  test('are few in the built service', () => {
    expect(inProduction.length).toBeLessThanOrEqual(IN_PRODUCTION_MAX);
  });

  test('that are asked for stand in the README with their reason', () => {
    const section = read('README.md').split('\n## Dependencies\n')[1] ?? '';
    const wanted = Object.keys(direct).filter((name) => !name.startsWith('@types/'));
    expect(wanted.filter((name) => !section.includes(name))).toEqual([]);
  });
});

describe('an install', () => {
  test('runs nothing of a package', () => {
    expect(read('.npmrc').split('\n')).toContain('ignore-scripts=true');
    const commands = read('Dockerfile').match(/npm (ci|install|prune|rebuild)[^&\n]*/g) ?? [];
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) expect(command).toContain('--ignore-scripts');
    expect(Object.keys(manifest.scripts).filter((name) => /install|prepare/.test(name))).toEqual(
      [],
    );
  });

  test('would run something of these packages only, none of them in the built service', () => {
    const scripted = packages.filter(({ hasInstallScript }) => hasInstallScript);
    expect(names(scripted)).toEqual(MAY_HAVE_INSTALL_SCRIPT);
    expect(scripted.filter(({ dev }) => !dev)).toEqual([]);
    const found = [...installedIn(join(ROOT, 'node_modules'))].filter(runsAtInstall);
    expect(found.map(nameOf)).toEqual(MAY_HAVE_INSTALL_SCRIPT);
  });
});
