/** `/report [date]`: the figures of a day, with a picture where pictures can be drawn. */

import { utcDay } from '../../core/time.ts';
import { optional } from '../commands/argument.ts';
import { day } from '../commands/arguments.ts';
import { type Command, defineCommand } from '../commands/command.ts';
import type { Request } from '../context.ts';
import { inBackgroundReply, reply, replyText } from '../reply.ts';
import { dailyView } from '../views/daily.ts';

export const reportCommand: Command = defineCommand({
  name: 'report',
  role: 'viewer',
  danger: 'reads',
  group: 'see',
  args: { day: optional(day) },
  examples: ['yesterday', '2026-01-05'],
  run: (request, { day: wanted }) => {
    inBackgroundReply(request, 'report', () => report(request, wanted));
  },
});

async function report(request: Request, wanted: string | null): Promise<void> {
  const { door, t, clock } = request;
  const today = utcDay(clock.now());
  const isToday = wanted === null || wanted === today;
  const statistics = isToday ? door.dailyStatistics() : await door.statisticsOf(wanted);
  if (!statistics) {
    replyText(request, t('report-none', { day: wanted ?? today }));
    return;
  }
  reply(request, dailyView(statistics, t));
}
