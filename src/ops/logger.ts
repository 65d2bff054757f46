/** The log: pino, with every text redacted before it is written. */
import { type DestinationStream, destination, pino } from 'pino';
import { redact } from '../core/redact.ts';
import type { Logger } from '../ports/logger.ts';
import { readable } from './readable.ts';

export interface LoggerOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Standard error when left out, so that standard output stays for people. */
  readonly file?: string | undefined;
  /** Texts that must never appear. */
  readonly secrets: readonly string[];
  /** Given every line as it is written. */
  readonly onLine?: (line: string) => void;
  /** Takes the place of the file, for tests. */
  readonly stream?: DestinationStream;
}

/** While the file cannot be written, this much waits for it; what comes then is dropped. */
const BACKLOG_MAX_BYTES = 1024 * 1024;

/**
 * Written synchronously: the last line before an exit is often the one that matters.
 * @throws when the level is none of pino's.
 */
export function createLogger(options: LoggerOptions): Logger {
  const sink = options.stream ?? openSink(options.file);
  const secrets = options.secrets.flatMap(spellings);
  const clean: DestinationStream = {
    write: (line) => {
      const written = redact(line, secrets);
      options.onLine?.(written);
      sink.write(written);
    },
  };
  const fieldsOf = (fields: object) => readable(fields) as Record<string, unknown>;
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: fieldsOf, bindings: fieldsOf },
      // Errors were made readable above; pino's own way would write all their fields.
      serializers: { err: (value: unknown) => value },
    },
    clean,
  );
}

/** A log that cannot be written must not stop what it is a log of. */
function openSink(file: string | undefined): DestinationStream {
  const sink = destination({
    dest: file ?? 2,
    sync: true,
    mkdir: true,
    mode: 0o600,
    maxLength: BACKLOG_MAX_BYTES,
  });
  let isTold = false;
  sink.on('error', (error: Error) => {
    if (file !== undefined && !isTold) {
      process.stderr.write(`the log ${file} cannot be written: ${error.message}\n`);
    }
    isTold = true;
  });
  return sink;
}

/** A secret looks different inside JSON text and inside a URL. */
function spellings(secret: string): string[] {
  const forms = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

/** Says nothing; for tests and benchmarks. */
export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLogger,
};
