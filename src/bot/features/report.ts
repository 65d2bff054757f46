/** `/report [date]`: the figures of a day, with a picture where pictures can be drawn. */

import type { DailyStatistics } from '../../core/notice.ts';
import { DAY_MS, utcDay } from '../../core/time.ts';
import { describeFailure } from '../api/failure.ts';
import { optional } from '../commands/argument.ts';
import { day } from '../commands/arguments.ts';
import { type Command, defineCommand } from '../commands/command.ts';
import type { Request } from '../context.ts';
import { sendPhoto } from '../media.ts';
import { inBackgroundReply, reply, replyText } from '../reply.ts';
import { dailyView } from '../views/daily.ts';
import { shownLength } from '../views/html.ts';
import { dayPicture } from './day-picture.ts';

/** Telegram's limit for the text under a picture. */
const CAPTION_MAX = 1024;

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
  await sendReport(request, statistics);
}

async function sendReport(request: Request, statistics: DailyStatistics): Promise<void> {
  const { t, clock, log } = request;
  const view = dailyView(statistics, t);
  const fromAt = Date.parse(statistics.utcDay);
  const toAt = Math.min(fromAt + DAY_MS, clock.now());
  const [caption = '', ...more] = view.pages;
  const bytes = await dayPicture(request, fromAt, toAt, t).catch((error: unknown) => {
    log.warn(describeFailure(error), 'no picture for a report');
    return null;
  });
  const fits = more.length === 0 && shownLength(caption) <= CAPTION_MAX;
  if (!bytes || !fits) reply(request, view);
  else await sendPhoto(request, { name: `${statistics.utcDay}.png`, bytes, caption });
}
