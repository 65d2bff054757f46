import { type Command, defineCommand } from '../commands/command.ts';
import { reply } from '../reply.ts';
import { weightsView } from '../views/weights.ts';

export const weightsCommand: Command = defineCommand({
  name: 'weights',
  role: 'viewer',
  danger: 'reads',
  group: 'see',
  args: {},
  run: (request) => reply(request, () => weightsView(request.door.positions(), request.t)),
});
