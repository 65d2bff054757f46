/** A built copy of the service of its own, so that nobody's next build changes it during a run. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** As in package.json and the Dockerfile. */
export const NODE_FLAGS = ['--max-semi-space-size=4', '--heap-growing-percent=30'];

export interface Build {
  /** The entry, as `npm run build` makes it. */
  readonly main: string;
  remove(): void;
}

/** Types are checked elsewhere; here only the code matters. */
export function buildService(): Build {
  // Below `node_modules`, so that packages are found from there.
  const folder = join(ROOT, 'node_modules', '.cache', `ballast-${process.pid}`);
  const dist = join(folder, 'dist');
  mkdirSync(dist, { recursive: true });
  const tsc = join(ROOT, 'node_modules', '.bin', 'tsc');
  execFileSync(tsc, ['-p', 'src', '--outDir', dist, '--noCheck'], { cwd: ROOT });
  copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  cpSync(join(ROOT, 'src/bot/locales'), join(dist, 'bot/locales'), { recursive: true });
  cpSync(join(ROOT, 'src/sim/telegram/page'), join(dist, 'sim/telegram/page'), { recursive: true });
  return {
    main: join(dist, 'main.js'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
