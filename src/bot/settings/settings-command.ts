import type { Menu } from '@grammyjs/menu';
import { type Command, defineCommand } from '../commands/command.ts';
import type { BotContext, Request } from '../context.ts';
import { reply } from '../reply.ts';
import { rootText } from './views.ts';

/** `menu` is asked for late: commands are defined before the menus that need their services. */
export function settingsCommand(menu: () => Menu<BotContext>): Command {
  return defineCommand({
    name: 'settings',
    role: 'operator',
    danger: 'acts',
    group: 'configure',
    scope: 'private',
    args: {},
    run: (request) => showSettings(request, menu()),
  });
}

/** The root of the menus in a message of its own. */
export function showSettings(request: Request, menu: Menu<BotContext>): void {
  const { ctx, door, t } = request;
  // Only the context that passed the menu's middleware can render it.
  reply(request, { pages: [rootText(door, t)], markup: menu }, { via: ctx.api });
}
