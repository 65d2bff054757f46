import { redact } from '../../core/redact.ts';
import { optional } from '../commands/argument.ts';
import { count } from '../commands/arguments.ts';
import { type Command, defineCommand } from '../commands/command.ts';
import { reply } from '../reply.ts';
import { logRows } from '../views/log-lines.ts';
import { compose } from '../views/view.ts';

const COUNT_DEFAULT = 15;

/** The end of the log, redacted when it was written and once more here. */
export const logsCommand: Command = defineCommand({
  name: 'logs',
  role: 'operator',
  danger: 'reads',
  group: 'see',
  scope: 'private',
  args: { count: optional(count) },
  examples: ['30'],
  run: (request, { count: many }) => {
    const { recentLogs, t } = request;
    const lines = recentLogs(many ?? COUNT_DEFAULT).map((line) => redact(line));
    if (lines.length === 0) reply(request, compose([t('logs-none')]));
    else reply(request, compose([t('logs-title', { n: lines.length }), ...logRows(lines)]));
  },
});
