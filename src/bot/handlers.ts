/** All that reacts to updates, in the one order that works; see the comments. */
import { conversations, createConversation } from '@grammyjs/conversations';
import type { Menu } from '@grammyjs/menu';
import { type Bot, Composer, type Context, type MiddlewareFn } from 'grammy';
import type { Document } from '../ports/store.ts';
import { snoozePress } from './alerts/actions.ts';
import { notifyPress } from './alerts/notifications.ts';
import { type Guards, type PressTable, pressRouter, type TicketTable } from './buttons/router.ts';
import { commandRouter } from './commands/router.ts';
import { type BotContext, requestOf, type Services } from './context.ts';
import type { Acts } from './features/acts.ts';
import { balancePress } from './features/balance.ts';
import { leavePress } from './features/cancel.ts';
import { chartPress } from './features/chart.ts';
import { dryRunTicket } from './features/dry-run.ts';
import { healthPress } from './features/health.ts';
import { helpPress } from './features/help.ts';
import { languagePress } from './features/language.ts';
import { pendingPress } from './features/pending.ts';
import { decidePlan } from './features/plan.ts';
import { positionPress } from './features/positions.ts';
import { plansPress, whyPress } from './features/refresh.ts';
import { homePress } from './features/start.ts';
import { statusPress } from './features/status.ts';
import { timeZonePress } from './features/time-zone.ts';
import { askUndo, guardsOfUndo } from './features/undo.ts';
import { type AllowListDeps, allowList } from './middleware/allow-list.ts';
import { answerAll } from './middleware/answer-all.ts';
import { codes } from './middleware/codes.ts';
import { dedupe } from './middleware/dedupe.ts';
import { fallback } from './middleware/fallback.ts';
import { files } from './middleware/files.ts';
import { leaveDialogue } from './middleware/leave-dialogue.ts';
import { rateLimit } from './middleware/rate-limit.ts';
import { reachable } from './middleware/reachable.ts';
import { type LateUpdates, staleGuard } from './middleware/stale-guard.ts';
import { updateLog } from './middleware/update-log.ts';
import { guardsOfTicket } from './people/guards.ts';
import { allows } from './people/roles.ts';
import type { Progress } from './polling/progress.ts';
import { toast } from './reply.ts';
import { BoundedMemory } from './settings/memory-storage.ts';
import { showSettings } from './settings/settings-command.ts';
import { VALUE_DIALOGUE, valueDialogue } from './settings/value-dialogue.ts';

export interface HandlerParts {
  readonly services: Services;
  readonly access: AllowListDeps;
  readonly progress: Document<Progress>;
  readonly late: LateUpdates;
  readonly acts: Acts;
  readonly menu: Menu<BotContext>;
}

const DIALOGUES_MAX = 500;

export function installHandlers(bot: Bot<BotContext>, parts: HandlerParts): void {
  const { services } = parts;
  const { clock, log } = services;
  bot.use(updateLog(log, clock));
  bot.use(allowList(parts.access));
  bot.use(answerAll(services));
  bot.use(staleGuard(services, parts.late));
  bot.use(rateLimit(services));
  bot.use(dedupe(parts.progress, clock, log));
  bot.use(reachable(services));
  bot.use(codes(services, parts.acts.factor));
  // Dialogues come before whatever enters them; a command leaves them before they see it.
  bot.use(dialogues());
  bot.use(leaveDialogue);
  const dialogue = valueDialogue(services, parts.acts.questions);
  bot.use(createConversation<BotContext, Context>(dialogue, { id: VALUE_DIALOGUE }));
  bot.use(menuGuard(services, parts.menu));
  bot.use(pressRouter(services, pressTable(parts), ticketTable(parts), guardsOf(parts)));
  bot.use(commandRouter(services));
  bot.use(files(services, parts.acts.proposals));
  bot.use(fallback(services));
}

function dialogues(): MiddlewareFn<BotContext> {
  return conversations<BotContext, Context>({
    storage: {
      type: 'key',
      // In a group another member's answer must not end somebody's dialogue.
      getStorageKey: (ctx) => `${ctx.chatId ?? 0}:${ctx.from?.id ?? 0}`,
      adapter: new BoundedMemory(DIALOGUES_MAX),
    },
  });
}

/** The settings menus are for people who may change settings; commands only pass through. */
function menuGuard(services: Services, menu: Menu<BotContext>): MiddlewareFn<BotContext> {
  const menus = new Composer<BotContext>();
  menus.use(menu);
  const run = menus.middleware();
  return async (ctx, next) => {
    const isOwn = ctx.callbackQuery?.data?.startsWith('v1|') ?? false;
    if (!ctx.callbackQuery || isOwn || allows(ctx.person.role, 'operator')) {
      await run(ctx, next);
      return;
    }
    const role = ctx.t.plain('role-operator');
    toast(requestOf(services, ctx), ctx, ctx.t.plain('button-forbidden', { role }), true);
  };
}

function pressTable({ menu, acts }: HandlerParts): PressTable {
  return {
    positions: acts.positions.press,
    position: positionPress,
    status: statusPress,
    home: homePress,
    pending: pendingPress,
    help: helpPress,
    settings: settingsPress(menu),
    balance: balancePress,
    health: healthPress,
    why: whyPress,
    chart: chartPress,
    plans: plansPress,
    act: acts.byHand.press,
    resume: acts.resume.press,
    replan: acts.rebalance.replan,
    profile: acts.profiles.press,
    users: acts.users.listPress,
    user: acts.users.personPress,
    userset: acts.users.changePress,
    invite: acts.users.invitePress,
    enrol: acts.factor.enrolPress,
    guard: acts.factor.guardPress,
    timezone: timeZonePress,
    language: languagePress,
    snooze: snoozePress,
    notify: notifyPress,
    leave: leavePress,
  };
}

/** The menu in a message of its own, where it may be used. */
function settingsPress(menu: Menu<BotContext>): PressTable['settings'] {
  return {
    role: 'operator',
    run: (request) => {
      const { ctx, t } = request;
      const isPrivate = ctx.chat?.type === 'private';
      const refusal = t.plain('button-private');
      toast(request, ctx, isPrivate ? '' : refusal, !isPrivate);
      if (isPrivate) showSettings(request, menu);
    },
  };
}

function ticketTable({ acts }: HandlerParts): TicketTable {
  const { questions, rebalance, byHand, resume } = acts;
  return {
    run_rebalance: (request, press) => rebalance.run(request, press),
    cancel_rebalance: (request, press) => rebalance.cancel(request, press),
    run_act: (request, press) => byHand.run(request, press),
    cancel_act: (request, press) => byHand.cancel(request, press),
    approve_plan: (request, press) => decidePlan(request, press, 'approve'),
    reject_plan: (request, press) => decidePlan(request, press, 'reject'),
    dry_run_off: dryRunTicket,
    resume: (request, press) => resume.resume(request, press),
    clear_halt: (request, press) => resume.clearHalt(request, press),
    undo_setting: (request, press) => askUndo(request, press, questions),
    apply_settings: (request, press) => questions.confirm(request, press),
    confirm: (request, press) => questions.confirm(request, press),
    cancel: (request, press) => questions.cancel(request, press),
  };
}

function guardsOf({ acts }: HandlerParts): Guards {
  return {
    of: (request, action, subject) => {
      if (action === 'confirm') return acts.questions.guardsOf(subject);
      if (action === 'undo_setting') return guardsOfUndo(request, subject);
      return guardsOfTicket(action, subject);
    },
    hold: (request, run) => acts.factor.hold(request, run),
  };
}
