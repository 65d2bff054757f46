/** The settings as menus: sections, then settings, then choices or a typed value. */
import type { Menu } from '@grammyjs/menu';
import { showNotifications } from '../alerts/notifications.ts';
import type { BotContext, Request, Services } from '../context.ts';
import type { Acts } from '../features/acts.ts';
import { switchDryRun } from '../features/dry-run.ts';
import { sendSettings } from '../features/export.ts';
import { askLanguage } from '../features/language.ts';
import type { Questions } from '../features/questions.ts';
import { changeOrAsk } from '../features/risky-setting.ts';
import { askTimeZone } from '../features/time-zone.ts';
import { allows } from '../people/roles.ts';
import { replyText } from '../reply.ts';
import { makeMenu, payloadOf, pressed, showText } from './menu-parts.ts';
import { findById, idOf, SECTIONS, SETTINGS, type Section, type Setting } from './setting-table.ts';
import { optionKey } from './show-value.ts';
import { TABLES } from './table-entries.ts';
import { tableMenu } from './table-menu.ts';
import { askForValue } from './value-dialogue.ts';
import { choiceText, rootText, sectionText, tableText } from './views.ts';

const SECTION_MENU: Readonly<Record<Section, string>> = {
  thresholds: 'thr',
  liquidation: 'liq',
  harvest: 'hrv',
  allocation: 'alc',
  monitor: 'mon',
};
const TABLE_MENU = { risk_weights: 'wgt', position_priority: 'pri' } as const;
export const ROOT_MENU = 'set';
const CHOICE_MENU = 'pick';

type Navigating = BotContext & { menu: { nav(to: string): void } };

/** Builds the whole tree; only the root is installed. */
export function settingsMenus(services: Services, acts: Acts): Menu<BotContext> {
  const root = makeMenu(services, ROOT_MENU);
  const add = inPairs(root);
  for (const section of SECTIONS) {
    add(`button-section-${section}`, async (ctx) => {
      const { door } = pressed(services, ctx);
      ctx.menu.nav(SECTION_MENU[section]);
      await showText(ctx, sectionText(door, section, ctx.t));
    });
  }
  for (const table of TABLES) {
    add(`button-section-${table}`, async (ctx) => {
      const { door } = pressed(services, ctx);
      ctx.match = '0';
      ctx.menu.nav(TABLE_MENU[table]);
      await showText(ctx, tableText(door, table, 0, ctx.t));
    });
  }
  for (const [key, show] of othersOf(acts)) add(key, (ctx) => show(pressed(services, ctx)));
  root.register(SECTIONS.map((section) => sectionMenu(services, section)));
  root.register(TABLES.map((table) => tableMenu(services, TABLE_MENU[table], table)));
  root.register(choiceMenu(services, acts.questions));
  return root;
}

/** Two buttons to a row: three have no room for their names on a phone. */
function inPairs(menu: Menu<BotContext>) {
  let count = 0;
  return (key: string, press: (ctx: Navigating) => unknown) => {
    if (count > 0 && count % 2 === 0) menu.row();
    menu.text(label(key), press);
    count += 1;
  };
}

/** What has a message of its own: people, profiles, files, and how one reads all this. */
function othersOf(acts: Acts): [key: string, show: (request: Request) => unknown][] {
  return [
    ['button-profiles', (request) => acts.profiles.show(request)],
    ['button-export', sendSettings],
    ['button-language', askLanguage],
    ['button-time-zone', askTimeZone],
    ['button-notifications', showNotifications],
    ['button-second-factor', (request) => acts.factor.show(request)],
    ['button-people', (request) => showPeople(request, acts)],
  ];
}

/** The menu is for operators; people are the owners' business. */
function showPeople(request: Request, acts: Acts): void {
  const { person, t } = request;
  if (allows(person.role, 'owner')) acts.users.show(request);
  else replyText(request, t('command-forbidden', { name: 'users', role: t.plain('role-owner') }));
}

function sectionMenu(services: Services, section: Section): Menu<BotContext> {
  const menu = makeMenu(services, SECTION_MENU[section]);
  for (const setting of SETTINGS.filter((known) => known.section === section)) {
    const leaf = idOf(setting.key);
    const text = { text: label(`setting-${leaf}`), payload: leaf };
    menu.text(text, (ctx) => openSetting(services, ctx, payloadOf(ctx))).row();
  }
  menu.back(label('button-back'), async (ctx) => {
    const { door } = pressed(services, ctx);
    await showText(ctx, rootText(door, ctx.t));
  });
  return menu;
}

async function openSetting(services: Services, ctx: Navigating, leaf: string): Promise<void> {
  const setting = findById(leaf);
  const request = pressed(services, ctx);
  if (!setting) return;
  if (setting.kind === 'number') return askForValue(request, setting.key);
  if (setting.kind === 'dry_run') return switchDryRun(request, !request.door.status().dryRun);
  ctx.menu.nav(CHOICE_MENU);
  await showText(ctx, choiceText(request.door, setting.key, ctx.t));
}

/** One menu for every choice; which setting it is for travels in the payload, `leaf.option`. */
function choiceMenu(services: Services, questions: Questions): Menu<BotContext> {
  const menu = makeMenu(services, CHOICE_MENU);
  menu.dynamic((ctx, range) => {
    const setting = pickedSetting(ctx);
    const leaf = setting ? idOf(setting.key) : '';
    for (const option of setting ? optionsOf(setting) : []) {
      const text = { text: label(optionKey(option)), payload: `${leaf}.${option}` };
      range.text(text, (context) => choose(services, questions, context)).row();
    }
    range.text({ text: label('button-back'), payload: leaf }, async (context) => {
      const { door } = pressed(services, context);
      await backToSection(context, pickedSetting(context), (section) =>
        sectionText(door, section, context.t),
      );
    });
  });
  return menu;
}

async function choose(services: Services, questions: Questions, ctx: Navigating): Promise<void> {
  const request = pressed(services, ctx);
  const setting = pickedSetting(ctx);
  const option = payloadOf(ctx).split('.')[1] ?? '';
  if (!setting || !optionsOf(setting).includes(option)) return;
  const value = setting.kind === 'switch' ? option === 'on' : option;
  await changeOrAsk(request, questions, setting.key, value);
  await backToSection(ctx, setting, (section) => sectionText(request.door, section, ctx.t));
}

async function backToSection(
  ctx: Navigating,
  setting: Setting | undefined,
  text: (section: Section) => string,
): Promise<void> {
  const section = setting?.section ?? 'thresholds';
  ctx.menu.nav(SECTION_MENU[section]);
  await showText(ctx, text(section));
}

function pickedSetting(ctx: BotContext): Setting | undefined {
  return findById(payloadOf(ctx).split('.')[0] ?? '');
}

function optionsOf(setting: Setting): readonly string[] {
  if (setting.kind === 'choice') return setting.options;
  return setting.kind === 'switch' ? ['on', 'off'] : [];
}

function label(key: string): (ctx: BotContext) => string {
  return (ctx) => ctx.t.plain(key);
}
