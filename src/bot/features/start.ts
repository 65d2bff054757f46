import { pressButton } from '../buttons/keys.ts';
import { type Command, defineCommand } from '../commands/command.ts';
import { reply } from '../reply.ts';
import { bannerLines } from '../views/banner.ts';
import { compose } from '../views/view.ts';

/** First contact, and the way back to the beginning. It starts nothing. */
export const startCommand: Command = defineCommand({
  name: 'start',
  role: 'viewer',
  danger: 'reads',
  group: 'people',
  args: {},
  run: (request) => {
    const { t, person, door } = request;
    const role = t.plain(`role-${person.role}`);
    const lines = [t('start-hello', { name: person.name, role }), ...bannerLines(door.status(), t)];
    const buttons = [
      [
        pressButton(t.plain('button-positions'), 'positions', '0', 'primary'),
        pressButton(t.plain('button-status'), 'status'),
      ],
    ];
    reply(request, compose([...lines, t('start-hint')], buttons));
  },
});
