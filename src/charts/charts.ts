/** Pictures for the service: a queue in front of a drawing process that lives while it is used. */
import PQueue from 'p-queue';
import { messageOf } from '../core/errors.ts';
import { MINUTE_MS, SECOND_MS } from '../core/time.ts';
import type { Cancel, Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import { ChartSpecError, ChartsBusyError, ChartsClosedError, ChartTimeoutError } from './errors.ts';
import { DrawingProcess, type ProcessOptions } from './process/drawing-process.ts';
import { type ChartSpec, VALUES_MAX, valuesIn } from './spec.ts';

export interface ChartsDeps {
  readonly clock: Clock;
  readonly log: Logger;
  /** What to start instead of the own drawing process: for tests. */
  readonly process?: ProcessOptions;
}

export interface Charts {
  /**
   * A PNG, 1600 pixels wide (positions: as high as needed). Pictures are drawn one at a time, in
   * the order asked for. The first one after a minute of quiet starts a process and takes longer.
   * @throws ChartSpecError, ChartsBusyError, ChartTimeoutError, ChartProcessError or
   *   ChartsClosedError, all of them ChartError: the words without the picture are always right.
   */
  render(spec: ChartSpec): Promise<Uint8Array>;
  /** Gives up what waits and resolves when the drawing process is gone; again is harmless. */
  close(): Promise<void>;
}

const WAITING_MAX = 16;
const DEADLINE_MS = 10 * SECOND_MS;
const IDLE_MS = MINUTE_MS;

export function createCharts(deps: ChartsDeps): Charts {
  return new ProcessCharts(deps);
}

class ProcessCharts implements Charts {
  readonly #deps: ChartsDeps;
  readonly #queue = new PQueue({ concurrency: 1 });
  readonly #closing = new AbortController();
  #process: DrawingProcess | null = null;
  #stopIdling: Cancel | null = null;

  constructor(deps: ChartsDeps) {
    this.#deps = deps;
  }

  async render(spec: ChartSpec): Promise<Uint8Array> {
    if (this.#closing.signal.aborted) throw new ChartsClosedError('the charts are closed');
    // Sending a specification costs the service time too, about 15 ns for each value.
    const values = valuesIn(spec);
    if (values > VALUES_MAX) {
      throw new ChartSpecError(`expected at most ${VALUES_MAX} values in a chart, was ${values}`);
    }
    if (this.#queue.size >= WAITING_MAX) {
      throw new ChartsBusyError(`expected at most ${WAITING_MAX} charts waiting`);
    }
    return this.#queue.add(() => this.#draw(spec));
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#end();
    await this.#queue.onIdle();
  }

  async #draw(spec: ChartSpec): Promise<Uint8Array> {
    if (this.#closing.signal.aborted) throw new ChartsClosedError('the charts were closed');
    const drawing = this.#alive();
    const cancel = this.#deps.clock.after(DEADLINE_MS, () => drawing.fail(tooLong()));
    try {
      return await drawing.draw(spec);
    } catch (error) {
      if (this.#closing.signal.aborted) throw new ChartsClosedError('the charts were closed');
      if (!(error instanceof ChartSpecError)) await this.#giveUp(error);
      throw error;
    } finally {
      cancel();
      this.#idle();
    }
  }

  #alive(): DrawingProcess {
    this.#stopIdling?.();
    if (this.#process?.isAlive) return this.#process;
    this.#process = new DrawingProcess(this.#deps.process);
    this.#deps.log.debug({ pid: this.#process.pid }, 'drawing process started');
    return this.#process;
  }

  /** A process that failed once is not asked again: the next picture starts another one. */
  async #giveUp(error: unknown): Promise<void> {
    this.#deps.log.warn({ error: messageOf(error) }, 'drawing process given up');
    await this.#end();
  }

  #idle(): void {
    if (!this.#process || this.#closing.signal.aborted) return;
    this.#stopIdling = this.#deps.clock.after(IDLE_MS, () => {
      this.#deps.log.debug({}, 'drawing process ends after a quiet minute');
      this.#process?.kill().catch(() => undefined);
      this.#process = null;
    });
  }

  async #end(): Promise<void> {
    this.#stopIdling?.();
    const ending = this.#process;
    this.#process = null;
    await ending?.kill();
  }
}

function tooLong(): ChartTimeoutError {
  return new ChartTimeoutError(`expected a chart within ${DEADLINE_MS / SECOND_MS} s`);
}
