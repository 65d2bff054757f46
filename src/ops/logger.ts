/** The log: pino, with every text redacted before it is written. */
import { type DestinationStream, destination, pino } from 'pino';
import { redact } from '../core/redact.ts';
import type { Logger } from '../ports/logger.ts';

export interface LoggerOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Standard error when left out, so that standard output stays for people. */
  readonly file?: string | undefined;
  /** Texts that must never appear. */
  readonly secrets: readonly string[];
  /** Takes the place of the file, for tests. */
  readonly stream?: DestinationStream;
}

/** Written synchronously: the last line before an exit is often the one that matters. */
export function createLogger(options: LoggerOptions): Logger {
  const sink =
    options.stream ??
    destination({ dest: options.file ?? 2, sync: true, mkdir: true, mode: 0o600 });
  const clean: DestinationStream = {
    write: (line) => {
      sink.write(redact(line, options.secrets));
    },
  };
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: describe, err: describe, reason: String },
    },
    clean,
  );
}

/** Name, code and message of an error. Other people's errors carry whole requests: not those. */
function describe(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error ? String(error.code) : undefined;
  return { name: error.name, message: error.message, ...(code === undefined ? {} : { code }) };
}

/** Says nothing; for tests and benchmarks. */
export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLogger,
};
