/** `/history` and `/audit`: what was done, newest first. */
import { optional } from '../commands/argument.ts';
import { type CountOrDay, choice, count, countOrDay } from '../commands/arguments.ts';
import { type Command, defineCommand } from '../commands/command.ts';
import type { Request } from '../context.ts';
import { inBackgroundReply, reply } from '../reply.ts';
import { type RecordKind, recordLines } from '../views/records.ts';
import { compose } from '../views/view.ts';

const COUNT_DEFAULT = 10;

export const historyCommand: Command = defineCommand({
  name: 'history',
  role: 'viewer',
  danger: 'reads',
  group: 'see',
  args: {
    kind: optional(choice('kind', ['adjustments', 'liquidations', 'settings', 'errors'])),
    which: optional(countOrDay),
  },
  examples: ['liquidations 5', 'adjustments yesterday'],
  run: (request, { kind, which }) => show(request, kind ?? 'adjustments', which),
});

export const auditCommand: Command = defineCommand({
  name: 'audit',
  role: 'operator',
  danger: 'reads',
  group: 'people',
  args: { count: optional(count) },
  examples: ['20'],
  run: (request, { count: many }) =>
    show(request, 'audit', many === null ? null : { kind: 'count', count: many }),
});

function show(request: Request, kind: RecordKind, which: CountOrDay | null): void {
  const { door, t } = request;
  inBackgroundReply(request, 'history', async () => {
    const records =
      which?.kind === 'day'
        ? [...(await door.historyOf(kind, which.day))].reverse()
        : await door.history(kind, which?.count ?? COUNT_DEFAULT);
    const title = t(`history-title-${kind}`, { n: records.length });
    if (records.length === 0)
      reply(request, compose([t(`history-title-${kind}`, { n: 0 }), t('history-none')]));
    else reply(request, compose([title, ...records.map((record) => recordLines(record, t))]));
  });
}
