import { pressButton } from '../buttons/keys.ts';
import type { PressHandler } from '../buttons/router.ts';
import { type Command, defineCommand } from '../commands/command.ts';
import type { Request } from '../context.ts';
import { edit, reply, toast } from '../reply.ts';
import { bannerLines } from '../views/banner.ts';
import { healthView } from '../views/health.ts';
import type { View } from '../views/view.ts';
import { homeButton } from './start.ts';

export const healthCommand: Command = defineCommand({
  name: 'health',
  role: 'viewer',
  danger: 'reads',
  group: 'see',
  args: {},
  run: (request) => reply(request, () => current(request)),
});

export const healthPress: PressHandler = {
  role: 'viewer',
  run: (request, { messageId }) => {
    toast(request, request.ctx);
    edit(request, messageId, () => current(request));
  },
};

function current({ door, t, botHealth, clock }: Request): View {
  const { polling, outbox, unreachable, ignored } = botHealth();
  const { lastAnswerAt } = polling;
  const chat = {
    ...{ unreachable, ignored, waiting: outbox.waiting, lost: outbox.lost },
    polling: polling.conflict ? 'conflict' : polling.state,
    lastAnswerAgeMs: lastAnswerAt === null ? null : Math.max(0, clock.now() - lastAnswerAt),
  };
  const refresh = pressButton(t.plain('button-refresh'), 'health');
  return healthView(door.health(), chat, bannerLines(door.status(), t), t, [
    [refresh, homeButton(t)],
  ]);
}
