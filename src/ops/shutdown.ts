/**
 * Ends the process in order: once, within a bound, and with an exit code that tells how it went.
 */
import { redact } from '../core/redact.ts';
import type { Logger } from '../ports/logger.ts';

export interface ShutdownOptions {
  readonly timeoutMs: number;
  readonly log: Logger;
}

/**
 * Runs the handler at the first SIGINT, SIGTERM or unexpected error, then exits: 0 after a signal,
 * 1 after an error or when the handler takes longer than the bound. Later signals change nothing.
 */
export function onShutdown(
  handler: (reason: string) => Promise<void>,
  options: ShutdownOptions,
): void {
  const { log, timeoutMs } = options;
  let isStopping = false;
  function stop(reason: string, exitCode: number): void {
    if (isStopping) return;
    isStopping = true;
    log.info({ cause: reason }, 'stopping');
    setTimeout(() => {
      log.error({ timeoutMs }, 'stop took too long');
      process.exit(1);
    }, timeoutMs);
    handler(reason).then(
      () => process.exit(exitCode),
      (error: unknown) => {
        log.error({ cause: describe(error) }, 'stop failed');
        process.exit(1);
      },
    );
  }
  process.on('SIGINT', () => stop('SIGINT', 0));
  process.on('SIGTERM', () => stop('SIGTERM', 0));
  process.on('uncaughtException', (error) => {
    log.error({ cause: describe(error) }, 'unexpected error');
    stop('unexpected error', 1);
  });
  process.on('unhandledRejection', (error) => {
    log.error({ cause: describe(error) }, 'unexpected rejection');
    stop('unexpected rejection', 1);
  });
}

function describe(error: unknown): string {
  return redact(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
