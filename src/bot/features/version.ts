import { type Command, defineCommand } from '../commands/command.ts';
import { replyText } from '../reply.ts';
import { duration } from '../views/duration.ts';
import { venueName } from '../views/status.ts';

export const versionCommand: Command = defineCommand({
  name: 'version',
  role: 'viewer',
  danger: 'reads',
  group: 'see',
  args: {},
  run: (request) => {
    const { door, t } = request;
    const status = door.status();
    const { version, at, startedAt } = status;
    const venue = venueName(status, t);
    replyText(request, t('version-line', { version, venue, uptime: duration(at - startedAt, t) }));
  },
});
