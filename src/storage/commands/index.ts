/** What people can do with a data folder by hand: look, mend, take a copy as tables, throw away. */
import { parseArgs } from 'node:util';
import { BallastError, messageOf } from '../../core/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import { exportTables } from './export.ts';
import { prune } from './prune.ts';
import { repair } from './repair.ts';
import { verify } from './verify.ts';

export const DATA_USAGE = `Usage:
  data verify [--data data]                          is everything whole? changes nothing
  data repair [--data data] [--yes]                  cut a journal off before its damage
  data export [--data data] [--kind adjustments] [--from 2026-11-01] [--to 2026-11-30]
                                                     history as CSV
  data prune [--data data] [--keep-days 400]         drop older days of history`;

export interface CommandContext {
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** One line, without its end. */
  readonly say: (line: string) => void;
}

const WRONG_USAGE = 2;
const KEEP_DAYS_LEAST = 7;
const KEEP_DAYS_MOST = 36_500;

/**
 * @param args what follows `data` on the command line
 * @returns the exit code: 0 when all is well, 1 when something is damaged or missing, 2 when the
 *   command is not understood
 */
export async function dataCommand(
  args: readonly string[],
  context: Omit<CommandContext, 'folder'>,
): Promise<number> {
  const parsed = parsedOrProblem(args);
  if (typeof parsed === 'string') {
    context.say(`${parsed}\n${DATA_USAGE}`);
    return WRONG_USAGE;
  }
  const { values, positionals } = parsed;
  if (values.help) {
    context.say(DATA_USAGE);
    return 0;
  }
  const [command, ...rest] = positionals;
  const full = { ...context, folder: values.data };
  if (rest.length === 0) {
    if (command === 'verify') return verify(full);
    if (command === 'repair') return repair(full, values.yes);
    if (command === 'export') return exportTables(full, values);
    if (command === 'prune') return prune(full, keepDays(values['keep-days']));
  }
  context.say(DATA_USAGE);
  return WRONG_USAGE;
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      data: { type: 'string', default: 'data' },
      yes: { type: 'boolean', default: false },
      kind: { type: 'string', default: 'adjustments' },
      from: { type: 'string' },
      to: { type: 'string' },
      'keep-days': { type: 'string', default: '400' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}

/** The first sentence of what node says of an option: the rest is about something else. */
function parsedOrProblem(args: readonly string[]): ReturnType<typeof parse> | string {
  try {
    return parse(args);
  } catch (error) {
    return messageOf(error).split('. ')[0] ?? '';
  }
}

function keepDays(text: string): number {
  const days = Number(text);
  const isPossible = days >= KEEP_DAYS_LEAST && days <= KEEP_DAYS_MOST;
  if (Number.isInteger(days) && isPossible) return days;
  throw new BallastError(
    `expected at least ${KEEP_DAYS_LEAST} and at most ${KEEP_DAYS_MOST} whole days to keep, ` +
      `was ${text}`,
  );
}
