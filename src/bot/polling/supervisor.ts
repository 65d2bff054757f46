/**
 * Long polling that never ends: one batch at a time in order, confirmed by the next call, patient
 * with a second poller, floods and outages.
 */
import type { Api } from 'grammy';
import type { Update } from 'grammy/types';
import { z } from 'zod';
import { BallastError } from '../../core/errors.ts';
import type { Cancel, Clock, Random } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import { classifyFailure, describeFailure } from '../api/failure.ts';
import { within } from '../within.ts';
import { backoffMs } from './backoff.ts';

export interface SupervisorDeps {
  readonly api: Api;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  /** Who the bot is, no webhook, the list of commands: before the first poll, until it works. */
  readonly introduce: () => Promise<void>;
  /** What of a batch is handled before everything else in it. */
  readonly isUrgent: (update: Update) => boolean;
  /** `isLate`: it waited while nobody asked, after a start or an outage. Never rejects. */
  readonly handle: (update: Update, isLate: boolean) => Promise<void>;
}

export type PollingState = 'idle' | 'connecting' | 'polling' | 'retrying' | 'stopped';

export interface PollingHealth {
  readonly state: PollingState;
  readonly failuresInARow: number;
  readonly lastAnswerAt: number | null;
  /** Another process polls with the same token. */
  readonly conflict: boolean;
}

const POLL_S = 30;
/** Beyond the time asked for: then the connection is taken for dead. */
const POLL_GRACE_MS = 10_000;
const BATCH_MAX = 100;
const CONFLICT_WAIT_MS_MIN = 5_000;
const FLOOD_WAIT_MS_MAX = 60_000;
const CONFIRM_MS = 1_000;
const PEEK_AFTER_MS = 25;
/** No answer for this long: whatever waits may be older than anybody remembers. */
const AWAY_MS = 120_000;
const UPDATE_KINDS = ['message', 'callback_query', 'my_chat_member'] as const;

const updatesSchema = z.array(z.looseObject({ update_id: z.number().int() }));

export class Supervisor {
  readonly #deps: SupervisorDeps;
  #state: PollingState = 'idle';
  #failures = 0;
  #conflict = false;
  #lastAnswerAt: number | null = null;
  /** The updates of the last answer came late. */
  #isLate = false;
  #offset = 0;
  /** Urgent updates handled before their turn. */
  readonly #early = new Set<number>();
  #abort: (() => void) | null = null;
  #wake: (() => void) | null = null;
  #loop: Promise<void> | null = null;

  constructor(deps: SupervisorDeps) {
    this.#deps = deps;
  }

  health(): PollingHealth {
    return {
      state: this.#state,
      failuresInARow: this.#failures,
      lastAnswerAt: this.#lastAnswerAt,
      conflict: this.#conflict,
    };
  }

  /** Tries once to introduce the bot, then goes on in the background whatever came of it. */
  async start(): Promise<void> {
    this.#state = 'connecting';
    let isIntroduced = false;
    try {
      await this.#deps.introduce();
      isIntroduced = true;
    } catch (error) {
      refuseWrongToken(error);
      this.#failed(error);
    }
    this.#loop = this.#run(isIntroduced);
  }

  async stop(): Promise<void> {
    const wasPolling = this.#state === 'polling';
    this.#state = 'stopped';
    this.#abort?.();
    this.#wake?.();
    await this.#loop;
    if (wasPolling && this.#offset > 0) await this.#confirm();
  }

  /** A call, because the field changes while others are awaited. */
  #isStopped(): boolean {
    return this.#state === 'stopped';
  }

  async #run(introduced: boolean): Promise<void> {
    let isIntroduced = introduced;
    if (!isIntroduced && !this.#isStopped())
      await this.#pause(backoffMs(this.#failures, this.#deps.random));
    while (!this.#isStopped()) {
      try {
        if (!isIntroduced) await this.#deps.introduce();
        isIntroduced = true;
        const updates = await this.#poll();
        this.#succeeded();
        await this.#handleAll(updates);
        // A full answer may have left some of the same age behind.
        if (updates.length < BATCH_MAX) this.#isLate = false;
      } catch (error) {
        if (this.#isStopped()) return;
        await this.#pause(this.#failed(error));
      }
    }
  }

  async #handleAll(updates: readonly Update[]): Promise<void> {
    await this.#handleUrgent(updates);
    for (const update of updates) {
      // What is not handled before a stop stays on the server for the next start.
      if (this.#isStopped()) return;
      if (!this.#early.delete(update.update_id)) await this.#handleWatching(update);
      this.#offset = update.update_id + 1;
    }
  }

  async #handleUrgent(updates: readonly Update[]): Promise<void> {
    const { isUrgent, handle } = this.#deps;
    for (const update of updates) {
      if (this.#early.has(update.update_id) || !isUrgent(update)) continue;
      this.#early.add(update.update_id);
      await handle(update, this.#isLate);
    }
  }

  /** While one update takes long, as on a slow disk, what is urgent behind it is looked for. */
  async #handleWatching(update: Update): Promise<void> {
    const { clock, handle } = this.#deps;
    const work = handle(update, this.#isLate);
    while (!(await within(clock, PEEK_AFTER_MS, work)) && !this.#isStopped()) await this.#peek();
    await work;
  }

  /** Reads what waits without confirming anything: all of it comes again. */
  async #peek(): Promise<void> {
    const { api, log } = this.#deps;
    try {
      const offset = this.#offset > 0 ? { offset: this.#offset } : {};
      const kinds = { limit: BATCH_MAX, timeout: 0, allowed_updates: UPDATE_KINDS };
      const answer = await api.getUpdates({ ...offset, ...kinds });
      updatesSchema.parse(answer);
      await this.#handleUrgent(answer);
    } catch (error) {
      log.debug(describeFailure(error), 'waiting updates not read');
    }
  }

  async #poll(): Promise<Update[]> {
    const { api, clock } = this.#deps;
    const controller = new AbortController();
    this.#abort = () => controller.abort();
    const stopTimer = clock.after(POLL_S * 1000 + POLL_GRACE_MS, () => controller.abort());
    if (this.#state !== 'retrying') this.#state = 'polling';
    try {
      const answer = await api.getUpdates(
        {
          ...(this.#offset > 0 ? { offset: this.#offset } : {}),
          limit: BATCH_MAX,
          // After a start or a failure: what waits by now, apart from what comes while we ask.
          timeout: this.#lastAnswerAt === null || this.#failures > 0 ? 0 : POLL_S,
          allowed_updates: UPDATE_KINDS,
        },
        controller.signal as Parameters<Api['getUpdates']>[1],
      );
      updatesSchema.parse(answer);
      return answer;
    } finally {
      stopTimer();
      this.#abort = null;
    }
  }

  #succeeded(): void {
    const { clock, log } = this.#deps;
    const silentMs = clock.now() - (this.#lastAnswerAt ?? Number.NEGATIVE_INFINITY);
    if (silentMs > AWAY_MS) this.#isLate = true;
    if (this.#failures > 0) log.info({ failures: this.#failures }, 'Telegram answers again');
    this.#failures = 0;
    this.#conflict = false;
    this.#lastAnswerAt = clock.now();
    if (!this.#isStopped()) this.#state = 'polling';
  }

  /** @returns how long to wait before the next try, ms */
  #failed(error: unknown): number {
    const { log, random } = this.#deps;
    const failure = describeFailure(error);
    this.#failures += 1;
    if (!this.#isStopped()) this.#state = 'retrying';
    this.#conflict = failure.code === 409;
    const fields = { ...failure, failures: this.#failures };
    const waitMs = backoffMs(this.#failures, random);
    if (this.#conflict) {
      log.error(fields, 'another process polls with this bot token');
      return Math.max(CONFLICT_WAIT_MS_MIN, waitMs);
    }
    log.warn(fields, 'Telegram not reached');
    const kind = classifyFailure(error);
    return kind.kind === 'flood' ? Math.min(kind.waitMs, FLOOD_WAIT_MS_MAX) : waitMs;
  }

  #pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      let cancel: Cancel = () => {};
      const wake = () => {
        cancel();
        this.#wake = null;
        resolve();
      };
      cancel = this.#deps.clock.after(delayMs, wake);
      this.#wake = wake;
    });
  }

  /** Tells the server what was handled, so that the next start does not get it again. */
  async #confirm(): Promise<void> {
    const { api, clock, log } = this.#deps;
    const call = api.getUpdates({ offset: this.#offset, limit: 1, timeout: 0 }).catch((error) => {
      log.debug(describeFailure(error), 'last updates not confirmed');
    });
    await within(clock, CONFIRM_MS, call);
  }
}

/** Retrying cannot help: said at once, while somebody looks. */
function refuseWrongToken(error: unknown): void {
  const { code } = describeFailure(error);
  if (code === 401 || code === 404) {
    throw new BallastError(
      `telegram.bot_token: expected a token that Telegram accepts, it answered ${code}`,
    );
  }
}
