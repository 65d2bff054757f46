/** `/timezone`: on whose clock times are shown. */
import { pressButton } from '../buttons/keys.ts';
import type { PressHandler } from '../buttons/router.ts';
import { type Argument, optional } from '../commands/argument.ts';
import { type Command, defineCommand } from '../commands/command.ts';
import type { Request } from '../context.ts';
import { timeZoneOf } from '../i18n/time-zone.ts';
import { editText, reply, replyText, toast } from '../reply.ts';
import { clockTime } from '../views/times.ts';
import { type Buttons, compose } from '../views/view.ts';

const zone: Argument<string> = {
  name: 'zone',
  optional: false,
  parse: (word) => {
    const found = timeZoneOf(word);
    return found ? { ok: true, value: found } : { ok: false };
  },
};

/** Where most readers are; every other zone is typed. */
const COMMON = [
  ['UTC', 'Europe/London', 'Europe/Berlin'],
  ['America/New_York', 'America/Chicago', 'America/Los_Angeles'],
  ['Asia/Taipei', 'Asia/Shanghai', 'Asia/Hong_Kong'],
  ['Asia/Seoul', 'Asia/Tokyo', 'Asia/Singapore'],
] as const;

export const timeZoneCommand: Command = defineCommand({
  name: 'timezone',
  role: 'viewer',
  danger: 'reads',
  group: 'people',
  args: { zone: optional(zone) },
  examples: ['Asia/Taipei', 'UTC'],
  run: async (request, { zone: wanted }) => {
    if (wanted === null) askTimeZone(request);
    else replyText(request, await setTimeZone(request, wanted));
  },
});

export function askTimeZone(request: Request): void {
  const { t, clock, person } = request;
  const buttons: Buttons = COMMON.map((row) =>
    row.map((name) => pressButton(cityOf(name), 'timezone', name)),
  );
  const now = { zone: person.timeZone, time: clockTime(clock.now(), t) };
  reply(request, compose([t('time-zone-ask', now)], buttons));
}

export const timeZonePress: PressHandler = {
  role: 'viewer',
  run: async (request, { messageId, subject }) => {
    const found = timeZoneOf(subject);
    toast(request, request.ctx);
    if (found) editText(request, messageId, await setTimeZone(request, found));
  },
};

async function setTimeZone(request: Request, name: string): Promise<string> {
  const { directory, person, words, clock } = request;
  await directory.setTimeZone(person.id, name);
  const t = words(directory.find(person.id) ?? person);
  return t('time-zone-set', { zone: name, time: clockTime(clock.now(), t) });
}

function cityOf(name: string): string {
  return (name.split('/').at(-1) ?? name).replaceAll('_', ' ');
}
