/** The chat page, read once at start. */
import { readdir, readFile } from 'node:fs/promises';
import { extname } from 'node:path';

export interface StaticFile {
  readonly contentType: string;
  readonly body: Buffer;
}

const PAGE = new URL('../page/', import.meta.url);
const TYPES = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
]);

/** By address: `/` is the page itself. */
export async function loadPage(): Promise<ReadonlyMap<string, StaticFile>> {
  const files = new Map<string, StaticFile>();
  for (const name of await readdir(PAGE, { recursive: true })) {
    const contentType = TYPES.get(extname(name));
    if (contentType === undefined) continue;
    const body = await readFile(new URL(name, PAGE));
    files.set(name === 'index.html' ? '/' : `/${name}`, { contentType, body });
  }
  return files;
}
