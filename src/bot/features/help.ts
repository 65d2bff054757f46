import { optionalWord } from '../commands/arguments.ts';
import { type Command, DANGERS, defineCommand } from '../commands/command.ts';
import { nearest } from '../commands/suggest.ts';
import type { Request } from '../context.ts';
import { reply, replyText } from '../reply.ts';
import type { Block } from '../views/view.ts';
import { compose } from '../views/view.ts';

/** The commands a person may use, from the one table; `/help positions` shows one of them. */
export const helpCommand: Command = defineCommand({
  name: 'help',
  role: 'viewer',
  danger: 'reads',
  args: optionalWord,
  run: (request, { word }) => {
    if (word === null) showAll(request);
    else showOne(request, word.replace(/^\//, '').toLowerCase());
  },
});

function showAll(request: Request): void {
  const { commands, person, t } = request;
  const blocks: Block[] = [t('help-title')];
  for (const danger of DANGERS) {
    const group = commands.for(person.role).filter((command) => command.danger === danger);
    if (group.length === 0) continue;
    const lines = group.map(({ name }) =>
      t('help-line', { usage: t.plain(`usage-${name}`), about: t.plain(`command-${name}`) }),
    );
    blocks.push(`${t(`help-group-${danger}`)}\n${lines.join('\n')}`);
  }
  reply(request, compose([...blocks, t('help-more')]));
}

function showOne(request: Request, name: string): void {
  const { commands, person, t } = request;
  const mine = commands.for(person.role);
  const command = mine.find((known) => known.name === name);
  if (command) {
    const usage = t.plain(`usage-${name}`);
    replyText(request, t('command-usage', { usage, about: t.plain(`command-${name}`) }));
    return;
  }
  const near = nearest(
    name,
    mine.map((known) => known.name),
  );
  const key = near ? 'command-unknown-near' : 'command-unknown';
  replyText(request, t(key, { name, near: near ?? '' }));
}
