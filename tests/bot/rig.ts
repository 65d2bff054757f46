/** The real bot against the Telegram emulator, on a clock that a test moves. */
import { expect } from 'vitest';
import { decodePress } from '../../src/bot/buttons/codec.ts';
import type { Charts } from '../../src/bot/context.ts';
import {
  type AlertsState,
  type BallastBot,
  type CardsState,
  createBot,
  initialAlerts,
  initialCards,
  initialOutbox,
  initialPeople,
  initialProgress,
  type OutboxState,
} from '../../src/bot/index.ts';
import type { PeopleState } from '../../src/bot/people/people-state.ts';
import type { Role } from '../../src/bot/people/roles.ts';
import type { Progress } from '../../src/bot/polling/progress.ts';
import { Secret } from '../../src/core/secret.ts';
import type { Logger } from '../../src/ports/logger.ts';
import type { Document } from '../../src/ports/store.ts';
import { asFetch, createTelegram, type TelegramCore } from '../../src/sim/telegram/index.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';
import { memoryDocument } from '../support/memory-document.ts';
import { FakeDoor } from './fake-door.ts';
import { Forger } from './forger.ts';

export const TOKEN = '7000001:AAHcanary0123456789abcdefghijklmnopq';

export const USERS = [
  { key: 'olivia', id: 1001, firstName: 'Olivia', languageCode: 'en' },
  { key: 'otto', id: 1002, firstName: 'Otto', languageCode: 'en' },
  { key: 'vera', id: 1003, firstName: 'Vera', languageCode: 'en' },
  { key: 'wei', id: 1004, firstName: 'Wei', languageCode: 'zh-hant' },
  { key: 'sam', id: 2002, firstName: 'Sam', languageCode: 'en' },
] as const;

const FIRST_UPDATE_ID = 500;

export type Who = (typeof USERS)[number]['key'];

export interface RigOptions {
  readonly charts?: Charts;
  /** Olivia is the owner named in the configuration unless told otherwise. */
  readonly ownerIds?: readonly number[];
  readonly people?: readonly { readonly who: Who; readonly role: Role }[];
  /** Off unless told: they would count among the messages. */
  readonly liveCards?: boolean;
  /** On unless told: a test that lets weeks pass does without. */
  readonly watchPositions?: boolean;
  /** Kept from an earlier run, to play a restart. */
  readonly earlier?: Rig;
}

export interface Rig {
  readonly bot: BallastBot;
  readonly core: TelegramCore;
  readonly clock: ManualClock;
  readonly door: FakeDoor;
  readonly people: Document<PeopleState>;
  readonly progress: Document<Progress>;
  readonly outbox: Document<OutboxState>;
  readonly cards: Document<CardsState>;
  readonly alerts: Document<AlertsState>;
  /** Every log line as JSON. */
  readonly log: string[];
  readonly pairingCodes: string[];
  /** Lines for the terminal. */
  readonly said: string[];
  readonly forger: Forger;
  /** An update that no client could cause. */
  forge(update: object): Promise<void>;
  say(who: Who, text: string): Promise<void>;
  /** Taps the newest button with this label in somebody's chat. */
  tap(who: Who, label: string): Promise<void>;
  /** Texts of the bot's messages in a chat, oldest first. */
  texts(who: Who): string[];
  last(who: Who): string;
  /** Labels of the buttons under the newest message. */
  buttons(who: Who): string[];
  /** Text of the latest answer to a press. */
  toast(): string;
}

const ROUNDS_MAX = 8;

/**
 * Lets the bot finish what it can without time passing on its clock. The conversations plugin waits
 * on timers of zero length, which a clock of ours cannot move: hence the short rounds.
 */
export async function calm({ core, bot }: Pick<Rig, 'core' | 'bot'>): Promise<void> {
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    await settle();
    const { jobs, outbox, polling } = bot.health();
    const isRead = polling.state !== 'polling' || (core.polling && core.pendingUpdates === 0);
    if (round > 0 && isRead && jobs === 0 && outbox.waiting === 0) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
  }
}

export async function startRig(options: RigOptions = {}): Promise<Rig> {
  const rig = makeRig(options);
  await rig.bot.start();
  await calm(rig);
  return rig;
}

export function makeRig(options: RigOptions = {}): Rig {
  const { earlier } = options;
  const clock = earlier?.clock ?? new ManualClock();
  const core =
    earlier?.core ??
    createTelegram({ clock, botToken: TOKEN, users: USERS, firstUpdateId: FIRST_UPDATE_ID });
  const random = pseudoRandom();
  const door = earlier?.door ?? new FakeDoor(clock, random);
  const people = earlier?.people ?? memoryDocument(peopleOf(options, clock));
  const progress = earlier?.progress ?? memoryDocument(initialProgress());
  const outbox = earlier?.outbox ?? memoryDocument(initialOutbox());
  const cards = earlier?.cards ?? memoryDocument(initialCards());
  const alerts = earlier?.alerts ?? memoryDocument(initialAlerts());
  const log: string[] = earlier?.log ?? [];
  const pairingCodes: string[] = [];
  const said: string[] = [];
  const forger = earlier?.forger ?? new Forger(FIRST_UPDATE_ID);
  const bot = createBot({
    token: new Secret(TOKEN),
    apiRoot: 'http://telegram.test',
    fetch: forger.wrap(asFetch(core)),
    ownerIds: options.ownerIds ?? [1001],
    door,
    ...{ people, progress, outbox, cards, alerts },
    liveCards: options.liveCards ?? false,
    watchPositions: options.watchPositions ?? true,
    clock,
    random,
    log: recorder(log),
    version: '1.2.3',
    ...(options.charts ? { charts: options.charts } : {}),
    say: (line) => said.push(line),
    recentLogs: (count) => log.slice(-count),
    onPairingCode: (code) => pairingCodes.push(code),
  });
  door.tell = (notice) => bot.notifier.notify(notice);
  const shown = (who: Who) => core.messages(who).filter(({ from }) => from?.is_bot);
  return {
    ...{ bot, said, core, clock, door, people, progress, outbox, cards, alerts },
    ...{ log, pairingCodes, forger },
    async forge(update) {
      forger.push(update);
      // The emulator does not know of it: its next update would have the same id.
      core.say('sam', 'filler');
      await calm({ core, bot });
    },
    async say(who, text) {
      core.say(who, text);
      await calm({ core, bot });
    },
    async tap(who, label) {
      core.tapLabel(who, label);
      await calm({ core, bot });
    },
    texts: (who) => shown(who).map(({ text }) => text ?? ''),
    last: (who) => shown(who).at(-1)?.text ?? '',
    buttons: (who) => labelsOf(shown(who).at(-1)?.reply_markup),
    toast: () => core.answers().at(-1)?.text ?? '',
  };
}

/** What holds after every conversation; `refusals` are those a test asked for. */
export async function checkAndStop(rig: Rig, refusals: readonly number[] = []): Promise<void> {
  await calm(rig);
  expect(rig.core.unansweredCallbacks()).toEqual([]);
  // Captions are only asked for, to find a message whose sending has no known outcome.
  const unexpected = rig.core
    .refusals()
    .filter(({ code, method }) => !refusals.includes(code) && method !== 'editMessageCaption');
  expect(unexpected.map(({ method, description }) => `${method}: ${description}`)).toEqual([]);
  for (const { data } of rig.core.everyButton()) expect(hasHandler(data), data).toBe(true);
  await stop(rig);
  checkSecrets(rig);
}

/** No secret in any log line, audit line, or call to Telegram. */
function checkSecrets({ people, log, door, core }: Rig): void {
  const factors = people.read().people.flatMap(({ totp }) => (totp ? [totp] : []));
  const said = core.calls().map(({ payload }) => JSON.stringify(payload));
  for (const secret of [TOKEN.slice(8), ...factors]) {
    const found = [...log, ...door.audits, ...said].filter((line) => line.includes(secret));
    expect(found).toEqual([]);
  }
}

export async function stop(rig: Rig): Promise<void> {
  const stopped = rig.bot.stop();
  await rig.clock.advance(10_000);
  await stopped;
}

const MENU_DATA = /^(set|thr|liq|hrv|alc|mon|wgt|pri|pick)\/[0-9a-f]+\/[0-9a-f]+\//;

function hasHandler(data: string): boolean {
  return decodePress(data) !== null || MENU_DATA.test(data);
}

function labelsOf(markup: unknown): string[] {
  const rows = (markup as { inline_keyboard?: { text: string }[][] } | undefined)?.inline_keyboard;
  return (rows ?? []).flat().map(({ text }) => text);
}

function peopleOf(options: RigOptions, clock: ManualClock): PeopleState {
  const wanted = options.people ?? [
    { who: 'otto', role: 'operator' },
    { who: 'vera', role: 'viewer' },
  ];
  const people = wanted.map(({ who, role }) => {
    const user = USERS.find(({ key }) => key === who);
    const { id = 0, firstName: name = '', languageCode = null } = user ?? {};
    return { id, name, role, language: null, languageCode, since: clock.now() };
  });
  return { ...initialPeople(), people };
}

function recorder(lines: string[]): Logger {
  const write = (fields: object, message: string) => {
    lines.push(JSON.stringify({ ...fields, message }));
  };
  return { debug: write, info: write, warn: write, error: write, child: () => recorder(lines) };
}

/** The same numbers in every run. */
function pseudoRandom(): () => number {
  let state = 12_345;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 2 ** 32;
  };
}
