import { type Command, defineCommand } from '../commands/command.ts';
import { replyText } from '../reply.ts';
import { duration } from '../views/duration.ts';

export const versionCommand: Command = defineCommand({
  name: 'version',
  role: 'viewer',
  danger: 'reads',
  group: 'see',
  args: {},
  run: (request) => {
    const { door, t } = request;
    const { version, venue, at, startedAt } = door.status();
    replyText(request, t('version-line', { version, venue, uptime: duration(at - startedAt, t) }));
  },
});
