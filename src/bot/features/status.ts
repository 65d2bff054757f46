import { pressButton } from '../buttons/keys.ts';
import type { PressHandler } from '../buttons/router.ts';
import { type Command, defineCommand } from '../commands/command.ts';
import type { Request } from '../context.ts';
import { edit, reply, toast } from '../reply.ts';
import { statusView } from '../views/status.ts';
import type { View } from '../views/view.ts';
import { homeButton } from './start.ts';

export const statusCommand: Command = defineCommand({
  name: 'status',
  role: 'viewer',
  danger: 'reads',
  group: 'see',
  args: {},
  run: (request) => reply(request, () => current(request)),
});

/** Refreshes the message it is on. */
export const statusPress: PressHandler = {
  role: 'viewer',
  run: (request, { messageId }) => {
    toast(request, request.ctx);
    edit(request, messageId, () => current(request));
  },
};

function current({ door, t }: Request): View {
  const model = {
    ...{ status: door.status(), day: door.dailyStatistics(), positions: door.positions() },
    emergencyRatePct: door.settings().effective.thresholds.emergency_margin_rate,
  };
  return statusView(model, t, [
    [
      pressButton(t.plain('button-refresh'), 'status'),
      pressButton(t.plain('button-positions'), 'positions', '0'),
      homeButton(t),
    ],
  ]);
}
