import { pressButton } from '../buttons/keys.ts';
import type { PressHandler } from '../buttons/router.ts';
import { type Command, defineCommand } from '../commands/command.ts';
import type { Request } from '../context.ts';
import { edit, reply, toast } from '../reply.ts';
import { balanceView } from '../views/balance.ts';
import { bannerLines } from '../views/banner.ts';
import type { View } from '../views/view.ts';
import { homeButton } from './start.ts';

export const balanceCommand: Command = defineCommand({
  name: 'balance',
  role: 'viewer',
  danger: 'reads',
  group: 'see',
  args: {},
  run: (request) => reply(request, () => current(request)),
});

export const balancePress: PressHandler = {
  role: 'viewer',
  run: (request, { messageId }) => {
    toast(request, request.ctx);
    edit(request, messageId, () => current(request));
  },
};

function current({ door, t }: Request): View {
  const refresh = pressButton(t.plain('button-refresh'), 'balance');
  return balanceView(door.balance(), bannerLines(door.status(), t), t, [[refresh, homeButton(t)]]);
}
