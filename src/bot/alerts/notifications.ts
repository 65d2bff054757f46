/** `/notifications`: how loud each kind of news is for one person, and when they sleep. */
import { pressButton } from '../buttons/keys.ts';
import type { PressHandler } from '../buttons/router.ts';
import { type Argument, optional } from '../commands/argument.ts';
import { type Command, defineCommand } from '../commands/command.ts';
import type { Request } from '../context.ts';
import { edit, reply, toast } from '../reply.ts';
import { compose, type View } from '../views/view.ts';
import { type AlertEvent, EVENTS } from './events.ts';
import { modeOf, nextMode, type Preferences, withMode } from './preferences.ts';

type Quiet = Preferences['quiet'];

const PER_ROW = 2;
const OFF = 'off';
/** What a press goes through; any other hours are typed. */
const QUIET_CHOICES: readonly Quiet[] = [null, { from: 22, to: 7 }, { from: 23, to: 8 }];

/** `22-7`, or `off`. */
const quietHours: Argument<{ readonly quiet: Quiet }> = {
  name: 'quiet',
  optional: false,
  parse: (word) => {
    if (word.toLowerCase() === OFF) return { ok: true, value: { quiet: null } };
    const [, from, to] = /^(\d{1,2})[-–](\d{1,2})$/.exec(word) ?? [];
    const quiet = { from: Number(from), to: Number(to) };
    const isHour = (hour: number) => hour >= 0 && hour <= 23;
    const fits = isHour(quiet.from) && isHour(quiet.to) && quiet.from !== quiet.to;
    return fits ? { ok: true, value: { quiet } } : { ok: false };
  },
};

export const notificationsCommand: Command = defineCommand({
  name: 'notifications',
  role: 'viewer',
  danger: 'reads',
  group: 'people',
  scope: 'private',
  args: { hours: optional(quietHours) },
  examples: ['22-7', OFF],
  run: async (request, { hours }) => {
    if (hours) await save(request, { ...current(request), quiet: hours.quiet });
    showNotifications(request);
  },
});

export function showNotifications(request: Request): void {
  reply(request, notificationsView(request));
}

export const notifyPress: PressHandler = {
  role: 'viewer',
  run: async (request, { messageId, subject }) => {
    const { ctx, t } = request;
    const changed = changeBy(subject, current(request));
    toast(request, ctx, changed ? '' : t.plain('button-outdated'));
    if (!changed) return;
    await save(request, changed);
    edit(request, messageId, notificationsView(request));
  },
};

function changeBy(subject: string, preferences: Preferences): Preferences | null {
  if (subject === 'card') return { ...preferences, card: !preferences.card };
  if (subject === 'quiet') return { ...preferences, quiet: nextQuiet(preferences.quiet) };
  const event = EVENTS.find((name) => name === subject);
  return event ? withMode(preferences, event, nextMode(preferences, event)) : null;
}

function nextQuiet(quiet: Quiet): Quiet {
  const index = QUIET_CHOICES.findIndex(
    (choice) => choice?.from === quiet?.from && choice?.to === quiet?.to,
  );
  return QUIET_CHOICES[(index + 1) % QUIET_CHOICES.length] ?? null;
}

function current({ directory, person }: Request): Preferences {
  return directory.preferences(person.id);
}

async function save({ directory, person }: Request, preferences: Preferences): Promise<void> {
  await directory.setPreferences(person.id, preferences);
}

function notificationsView(request: Request): View {
  const { t, person } = request;
  const preferences = current(request);
  const { quiet, card } = preferences;
  const mark = (event: AlertEvent) => t.plain(`mode-mark-${modeOf(preferences, event)}`);
  const lines = EVENTS.map((event) => `${mark(event)} ${t(`event-${event}`)}`);
  const hours = quiet ? `${quiet.from}–${quiet.to}` : t.plain('value-off');
  const buttons = EVENTS.map((event) =>
    pressButton(`${mark(event)} ${t.plain(`event-button-${event}`)}`, 'notify', event),
  );
  const value = t.plain(card ? 'value-on' : 'value-off');
  const others = [
    pressButton(t.plain('notify-button-quiet', { hours }), 'notify', 'quiet'),
    pressButton(t.plain('notify-button-card', { value }), 'notify', 'card'),
  ];
  const blocks = [
    t('notify-title'),
    lines.join('\n'),
    t(quiet ? 'notify-quiet' : 'notify-quiet-off', { hours, zone: person.timeZone }),
    t('notify-legend'),
  ];
  return compose(blocks, [...inRows(buttons), others]);
}

function inRows<T>(all: readonly T[]): T[][] {
  const rows: T[][] = [];
  for (let at = 0; at < all.length; at += PER_ROW) rows.push(all.slice(at, at + PER_ROW));
  return rows;
}
