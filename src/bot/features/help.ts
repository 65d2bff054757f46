import type { PressHandler } from '../buttons/router.ts';
import { optional, usageOf } from '../commands/argument.ts';
import { commandName } from '../commands/arguments.ts';
import { type Command, defineCommand, GROUPS } from '../commands/command.ts';
import { unknownCommand } from '../commands/router.ts';
import type { Request } from '../context.ts';
import { reply, replyText, toast } from '../reply.ts';
import type { Block } from '../views/view.ts';
import { compose } from '../views/view.ts';

/** The commands a person may use, from the one table; `/help positions` shows one of them. */
export const helpCommand: Command = defineCommand({
  name: 'help',
  role: 'viewer',
  danger: 'reads',
  group: 'see',
  args: { name: optional(commandName) },
  examples: ['topup'],
  run: (request, { name }) => {
    if (name === null) showAll(request);
    else showOne(request, name);
  },
});

/** The list, from the first message. */
export const helpPress: PressHandler = {
  role: 'viewer',
  run: (request) => {
    toast(request, request.ctx);
    showAll(request);
  },
};

function showAll(request: Request): void {
  const { commands, person, t } = request;
  const blocks: Block[] = [t('help-title')];
  for (const group of GROUPS) {
    const members = commands.for(person.role).filter((command) => command.group === group);
    if (members.length === 0) continue;
    const lines = members.map((command) =>
      t('help-line', { name: command.name, about: t.plain(`command-${command.name}`) }),
    );
    blocks.push(`${t(`help-group-${group}`)}\n${lines.join('\n')}`);
  }
  reply(request, compose([...blocks, t('help-more')]));
}

function showOne(request: Request, name: string): void {
  const { commands, person, t } = request;
  const command = commands.for(person.role).find((known) => known.name === name);
  if (!command) {
    replyText(request, unknownCommand(request, name));
    return;
  }
  const { role, scope, examples } = command;
  const lines = [
    t('help-one', { usage: usageOf(command, t), about: t.plain(`command-${name}`) }),
    ...examples.map((words) => t('command-example', { example: `/${name} ${words}`.trim() })),
    t('help-role', { role: t.plain(`role-${role}`) }),
    ...(scope === 'private' ? [t('help-private')] : []),
  ];
  reply(request, compose(lines));
}
