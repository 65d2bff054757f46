/** Weights or priorities as pages of buttons; the payload is `page.entry`, never a live number. */
import type { Menu } from '@grammyjs/menu';
import type { BotContext, Services } from '../context.ts';
import { makeMenu, payloadOf, pressed, showText } from './menu-parts.ts';
import {
  ENTRIES_PER_PAGE,
  entryByCode,
  entryCode,
  entryPages,
  type TableName,
  tableEntries,
} from './table-entries.ts';
import { askForValue } from './value-dialogue.ts';
import { rootText, tableText } from './views.ts';

const PER_ROW = 3;

export function tableMenu(services: Services, id: string, table: TableName): Menu<BotContext> {
  const { door } = services;
  const menu = makeMenu(services, id);
  menu.dynamic((ctx, range) => {
    const entries = tableEntries(door, table, ctx.t);
    const pages = entryPages(entries.length);
    const page = Math.min(pageOf(ctx), pages - 1);
    const shown = entries.slice(page * ENTRIES_PER_PAGE, (page + 1) * ENTRIES_PER_PAGE);
    shown.forEach(({ key, label }, index) => {
      if (index > 0 && index % PER_ROW === 0) range.row();
      const button = { text: label, payload: `${page}.${entryCode(key)}` };
      range.text(button, (context) => openEntry(services, context, table));
    });
    range.row();
    const turn = (text: string, step: number) =>
      range.text({ text, payload: `${page}.turn` }, async (context) => {
        pressed(services, context);
        const target = (pageOf(context) + step + pages) % pages;
        context.match = String(target);
        context.menu.update();
        await showText(context, tableText(door, table, target, context.t));
      });
    if (pages > 1) turn('◀', -1);
    range.back({ text: ctx.t.plain('button-back'), payload: `${page}` }, async (context) => {
      pressed(services, context);
      await showText(context, rootText(door, context.t));
    });
    if (pages > 1) turn('▶', 1);
  });
  return menu;
}

/** What the button was made for, whatever stands in its place by now. */
async function openEntry(
  services: Services,
  ctx: BotContext & { menu: { update(): void } },
  table: TableName,
): Promise<void> {
  const code = payloadOf(ctx).split('.')[1] ?? '';
  const entry = entryByCode(tableEntries(services.door, table, ctx.t), code);
  if (!entry) {
    pressed(services, ctx, ctx.t.plain('menu-outdated'));
    ctx.menu.update();
    return;
  }
  await askForValue(pressed(services, ctx), entry.key);
}

function pageOf(ctx: BotContext): number {
  const page = Number.parseInt(payloadOf(ctx), 10);
  return Number.isSafeInteger(page) && page >= 0 ? page : 0;
}
