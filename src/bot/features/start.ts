import { pressButton } from '../buttons/keys.ts';
import type { PressHandler } from '../buttons/router.ts';
import { type Command, defineCommand } from '../commands/command.ts';
import type { Request } from '../context.ts';
import { allows } from '../people/roles.ts';
import { edit, reply, toast } from '../reply.ts';
import { bannerLines } from '../views/banner.ts';
import { type Buttons, compose, type View } from '../views/view.ts';
import { chartButton } from './chart.ts';

/** First contact, and the way back to the beginning. It starts nothing. */
export const startCommand: Command = defineCommand({
  name: 'start',
  role: 'viewer',
  danger: 'reads',
  group: 'people',
  args: {},
  run: (request) => reply(request, () => homeView(request)),
});

/** From any view back to the beginning, in the same message. */
export const homePress: PressHandler = {
  role: 'viewer',
  run: (request, { messageId }) => {
    toast(request, request.ctx);
    edit(request, messageId, () => homeView(request));
  },
};

export function homeButton(t: Request['t']) {
  return pressButton(t.plain('button-home'), 'home');
}

function homeView({ t, person, door }: Request): View {
  const role = t.plain(`role-${person.role}`);
  const lines = [t('start-hello', { name: person.name, role }), ...bannerLines(door.status(), t)];
  const margin = { kind: 'margin', span: '24h', theme: 'dark', symbol: null } as const;
  const settings = allows(person.role, 'operator')
    ? [pressButton(t.plain('button-settings'), 'settings')]
    : [];
  const buttons: Buttons = [
    [
      pressButton(t.plain('button-positions'), 'positions', '0', 'primary'),
      pressButton(t.plain('button-status'), 'status'),
      pressButton(t.plain('button-balance'), 'balance'),
    ],
    [
      pressButton(t.plain('button-pending'), 'pending'),
      ...chartButton(margin, t),
      pressButton(t.plain('button-health'), 'health'),
    ],
    [...settings, pressButton(t.plain('button-help'), 'help')],
  ];
  return compose([...lines, t('start-hint')], buttons);
}
