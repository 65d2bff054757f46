import { type Disk, nodeDisk } from './disk.ts';
import { isMissing } from './durable-file.ts';

/** No line of a file read here is longer. */
export const LINE_MAX_BYTES = 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;
const LINE_END = 10;

/**
 * The lines of a text file, last first, reading no more of it than is asked for. A missing file has
 * none. A line longer than the limit comes out as a broken one.
 */
export async function* linesBackwards(path: string, disk: Disk = nodeDisk): AsyncGenerator<string> {
  const handle = await disk.open(path, 'r').catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (!handle) return;
  try {
    let position = (await handle.stat()).size;
    let rest: Buffer = Buffer.alloc(0);
    while (position > 0) {
      const length = Math.min(CHUNK_BYTES, position);
      position -= length;
      const chunk = Buffer.alloc(length);
      await handle.read(chunk, 0, length, position);
      const data = Buffer.concat([chunk, rest]);
      let end = data.length;
      for (
        let start = data.lastIndexOf(LINE_END);
        start >= 0 && start < end;
        start = start > 0 ? data.lastIndexOf(LINE_END, start - 1) : -1
      ) {
        yield data.toString('utf8', start + 1, end);
        end = start;
      }
      rest = data.subarray(0, end);
      if (rest.length > LINE_MAX_BYTES) rest = rest.subarray(0, 1);
    }
    yield rest.toString('utf8');
  } finally {
    await handle.close();
  }
}
