/**
 * Ends the process in order: once, within a bound, and with an exit code that tells how it went.
 */
import type { Logger } from '../ports/logger.ts';

export interface ShutdownOptions {
  readonly timeoutMs: number;
  /** Has to redact and to write at once. */
  readonly log: Logger;
}

/**
 * Runs the handler at the first SIGINT, SIGTERM or unexpected error, then exits: 0 after a signal,
 * 1 when an unexpected error came before or meanwhile, when the handler fails, and when it takes
 * longer than the bound. Later signals change nothing.
 */
export function onShutdown(
  handler: (reason: string) => Promise<void>,
  { timeoutMs, log }: ShutdownOptions,
): void {
  let isStopping = false;
  let exitCode = 0;

  async function stop(reason: string): Promise<void> {
    if (isStopping) return;
    isStopping = true;
    log.info({ cause: reason }, 'stopping');
    setTimeout(() => {
      log.error({ timeoutMs }, 'stop took too long');
      process.exit(1);
    }, timeoutMs);
    try {
      await handler(reason);
    } catch (error) {
      exitCode = 1;
      log.error({ error }, 'stop failed');
    }
    process.exit(exitCode);
  }

  function stopBroken(error: unknown, reason: string): void {
    exitCode = 1;
    log.error({ error }, reason);
    void stop(reason);
  }

  process.on('SIGINT', () => void stop('SIGINT'));
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('uncaughtException', (error) => stopBroken(error, 'unexpected error'));
  process.on('unhandledRejection', (error) => stopBroken(error, 'unexpected rejection'));
}
