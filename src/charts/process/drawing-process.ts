/**
 * The parent's end of the drawing process. The drawing library and the fonts cost some 95 MB and
 * a picture some hundred milliseconds without a pause: neither belongs into a process that watches
 * margin. The child has no access to the parent's environment, which holds keys.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { messageOf } from '../../core/errors.ts';
import { ChartError, ChartProcessError, ChartSpecError } from '../errors.ts';
import type { ChartSpec } from '../spec.ts';
import { type DrawReply, drawReplySchema } from './protocol.ts';

/** What to start; other values than the own child are for tests. */
export interface ProcessOptions {
  readonly file?: string;
  readonly execArgv?: readonly string[];
}

interface Waiting {
  readonly id: number;
  resolve(png: Uint8Array): void;
  reject(error: ChartError): void;
}

const HEAP_MAX_MB = 256;
const STDERR_KEPT = 2_000;

/** The extension is that of this file: `.ts` in development, `.js` in a build. */
function ownFile(): string {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return fileURLToPath(new URL(`./child.${extension}`, import.meta.url));
}

export class DrawingProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #waiting: Waiting | null = null;
  #lastId = 0;
  #stderr = '';
  #isAlive = true;

  /** @throws ChartProcessError when no process can be started. */
  constructor(options: ProcessOptions = {}) {
    this.#child = start(options);
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_KEPT);
    });
    this.#child.on('message', (message) => this.#onReply(message));
    this.#ended = new Promise((resolve) => {
      const end = (reason: string) => {
        this.#isAlive = false;
        this.#waiting?.reject(
          new ChartProcessError(`the drawing process ${reason}${this.#tail()}`),
        );
        this.#waiting = null;
        resolve();
      };
      this.#child.on('error', (error) => end(`failed: ${messageOf(error)}`));
      this.#child.on('close', (code, signal) => end(`ended with ${signal ?? `code ${code}`}`));
    });
  }

  get isAlive(): boolean {
    return this.#isAlive && this.#child.connected;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /**
   * Draws one picture; the caller asks for the next one when this has settled.
   * @throws ChartSpecError, or ChartProcessError when the process ends first.
   */
  draw(spec: ChartSpec): Promise<Uint8Array> {
    if (this.#waiting) return Promise.reject(new ChartError('expected one picture at a time'));
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting = { id, resolve, reject };
      this.#child.send({ id, spec }, (error) => {
        if (error) this.#fail(id, new ChartProcessError(`cannot reach it: ${messageOf(error)}`));
      });
    });
  }

  /** Makes the picture in hand fail; the process may still be busy with it. */
  fail(error: ChartError): void {
    if (this.#waiting) this.#fail(this.#waiting.id, error);
  }

  /** Ends the process at once and resolves when it is gone. */
  kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    return this.#ended;
  }

  #onReply(message: unknown): void {
    const parsed = drawReplySchema.safeParse(message);
    const id = this.#waiting?.id ?? 0;
    if (!parsed.success) this.#fail(id, new ChartProcessError('expected a picture in its reply'));
    else if (parsed.data.id === id) this.#settle(parsed.data);
  }

  #settle(reply: DrawReply): void {
    if (reply.kind === 'drawn') {
      this.#waiting?.resolve(reply.png);
      this.#waiting = null;
      return;
    }
    const error =
      reply.kind === 'refused'
        ? new ChartSpecError(reply.reason)
        : new ChartProcessError(`drawing failed: ${reply.reason}`);
    this.#fail(reply.id, error);
  }

  #fail(id: number, error: ChartError): void {
    if (this.#waiting?.id !== id) return;
    this.#waiting.reject(error);
    this.#waiting = null;
  }

  #tail(): string {
    const text = this.#stderr.trim();
    return text === '' ? '' : `: ${text}`;
  }
}

function start({ file, execArgv }: ProcessOptions): ChildProcess {
  // A debugger's port is taken by the parent.
  const inherited = process.execArgv.filter((flag) => !flag.startsWith('--inspect'));
  try {
    return fork(file ?? ownFile(), {
      execArgv: [...(execArgv ?? inherited), `--max-old-space-size=${HEAP_MAX_MB}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: {},
    });
  } catch (error) {
    throw new ChartProcessError('cannot start the drawing process', { cause: error });
  }
}
