/** What the kernel says of this process's main thread. Linux only; elsewhere all is zero. */
import { closeSync, openSync, readSync } from 'node:fs';

const PATH = `/proc/self/task/${process.pid}/schedstat`;

export class ThreadTime {
  readonly #file: number | null;
  readonly #text = Buffer.alloc(96);

  constructor() {
    this.#file = process.platform === 'linux' ? openSync(PATH, 'r') : null;
  }

  /** How long the thread was ready to run while other threads had the cores, ever. */
  corelessMs(): number {
    if (this.#file === null) return 0;
    const length = readSync(this.#file, this.#text, 0, this.#text.length, 0);
    const [, waitedNs = '0'] = this.#text.toString('latin1', 0, length).split(' ');
    return Number(waitedNs) / 1e6;
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
  }
}
