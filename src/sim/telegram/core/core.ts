/**
 * A Telegram of our own: the Bot API on one side, people with their clients on the other.
 * Pure but for the clock it is given; strict where Telegram is strict, because a mistake that
 * passes here would show first in front of a user.
 */
import type { Message, UserFromGetMe } from '@grammyjs/types';
import type { Clock } from '../../../ports/clock.ts';
import type { Tap } from './callbacks.ts';
import { type CallOptions, dispatch } from './dispatch.ts';
import type { CallbackAnswer, Listener } from './events.ts';
import type { Faults } from './faults.ts';
import type { FileStore } from './files.ts';
import type { Payload } from './payload.ts';
import type { CallRecord, SentButton, TranscriptLine } from './records.ts';
import { type ApiReply, UserSideError } from './reply.ts';
import type { Room } from './room.ts';
import * as users from './user-side.ts';
import { type EmulatedUser, World } from './world.ts';

export interface TelegramOptions {
  readonly clock: Clock;
  readonly botToken: string;
  readonly users: readonly EmulatedUser[];
  readonly botUsername?: string;
  readonly botName?: string;
  readonly firstMessageId?: number;
  /** Ids never start over in Telegram; seconds since 1970 unless told, so restarts move on too. */
  readonly firstUpdateId?: number;
}

/** Some user as tests and the page address them: by key (`owner`) or by id. */
export type Who = string | number;

export class TelegramCore {
  readonly botToken: string;
  readonly bot: UserFromGetMe;
  readonly #world: World;

  constructor(options: TelegramOptions) {
    this.botToken = options.botToken;
    this.bot = describeBot(options);
    this.#world = new World({
      clock: options.clock,
      bot: this.bot,
      users: options.users,
      firstMessageId: options.firstMessageId ?? 1,
      firstUpdateId: options.firstUpdateId ?? Math.max(1, Math.floor(options.clock.now() / 1000)),
    });
  }

  /** One call of the Bot API. @throws ConnectionReset when a fault breaks the connection */
  dispatch(method: string, payload: Payload = {}, options: CallOptions = {}): Promise<ApiReply> {
    return dispatch(this.#world, method, payload, options);
  }

  /** Failures to come. */
  get faults(): Faults {
    return this.#world.faults;
  }

  get files(): FileStore {
    return this.#world.files;
  }

  say(who: Who, text: string, options: users.SayOptions = {}): Message {
    return users.say(this.#world, this.userId(who), text, options);
  }

  /** Sends the bot a file, such as settings. */
  sendFile(who: Who, filename: string, bytes: Uint8Array): Message {
    return users.sendFile(this.#world, this.userId(who), filename, bytes);
  }

  /** Taps the button that carries `data`. */
  tap(who: Who, messageId: number, data: string, chatId?: number): Tap {
    return users.tap(this.#world, this.userId(who), messageId, data, chatId);
  }

  /** Taps the newest button with this label, as a person would. @throws UserSideError */
  tapLabel(who: Who, label: string, chatId?: number): Tap {
    for (const stored of [...this.room(chatId ?? who).messages.values()].reverse()) {
      for (const button of (stored.keyboard?.inline_keyboard ?? []).flat()) {
        if (button.text !== label || !('callback_data' in button)) continue;
        return this.tap(who, stored.id, button.callback_data, chatId);
      }
    }
    throw new UserSideError(`no message shows a button "${label}"`);
  }

  block(who: Who, on: boolean): void {
    users.block(this.#world, this.userId(who), on);
  }

  setLanguage(who: Who, language: string): void {
    users.setLanguage(this.#world, this.userId(who), language);
  }

  addToGroup(who: Who, group: users.Group): number {
    return users.addToGroup(this.#world, this.userId(who), group);
  }

  removeFromGroup(who: Who, groupId: number): void {
    users.removeFromGroup(this.#world, this.userId(who), groupId);
  }

  /** The last update handed out comes once more, as after a crash of the bot. */
  repeatLastUpdate(): void {
    this.#world.updates.repeatLast();
  }

  /** All messages of a user's private chat, oldest first. */
  messages(who: Who): readonly Message[] {
    const room = this.room(who);
    return [...room.messages.values()].map((stored) => this.#world.show(room, stored));
  }

  message(who: Who, messageId: number): Message | undefined {
    const room = this.room(who);
    const stored = room.messages.get(messageId);
    return stored === undefined ? undefined : this.#world.show(room, stored);
  }

  /** The chat's own state: pins, keyboards, who blocked whom. To look at, not to change. */
  room(who: Who): Room {
    const id = typeof who === 'number' && who < 0 ? who : this.userId(who);
    const room = this.#world.rooms.get(id);
    if (room === undefined) throw new UserSideError(`there is no chat ${id}`);
    return room;
  }

  commands(who: Who): ReadonlyArray<{ command: string; description: string }> {
    const id = this.userId(who);
    const language = this.#world.users.get(id)?.language_code ?? 'en';
    return this.#world.commands.visible(id, language);
  }

  users(): ReadonlyArray<{ key: string; id: number; name: string; language: string }> {
    return [...this.#world.users.values()].map((user) => ({
      key: user.key,
      id: user.id,
      name: user.first_name,
      language: user.language_code ?? 'en',
    }));
  }

  userId(who: Who): number {
    for (const user of this.#world.users.values()) {
      if (user.id === who || user.key === who) return user.id;
    }
    throw new UserSideError(`there is no user "${who}"`);
  }

  /** Who wrote it: a user's key, or `bot`. */
  keyOf(userId: number): string {
    return this.#world.keyOf(userId);
  }

  subscribe(listener: Listener): () => void {
    return this.#world.events.subscribe(listener);
  }

  /** Invariant: empty after every conversation. */
  unansweredCallbacks(): readonly Tap[] {
    return this.#world.callbacks.unanswered();
  }

  answers(): readonly CallbackAnswer[] {
    return this.#world.callbacks.answers();
  }

  /** Every callback button ever sent, to prove that each has a handler. */
  everyButton(): readonly SentButton[] {
    return this.#world.buttons.all();
  }

  transcript(): readonly TranscriptLine[] {
    return this.#world.transcript.all();
  }

  /** Every call but empty polls, with what was answered. */
  calls(): readonly CallRecord[] {
    return this.#world.calls.all();
  }

  /** Invariant: what the bot was refused. Empty unless a test asked for faults. */
  refusals(): readonly CallRecord[] {
    return this.calls().filter(({ ok }) => !ok);
  }

  /** Whether a bot waits in `getUpdates` right now. */
  get polling(): boolean {
    return this.#world.updates.polling;
  }

  get pendingUpdates(): number {
    return this.#world.updates.pendingCount;
  }

  /** Ends waiting polls. */
  close(): void {
    this.#world.updates.close();
  }
}

export function createTelegram(options: TelegramOptions): TelegramCore {
  return new TelegramCore(options);
}

function describeBot(options: TelegramOptions): UserFromGetMe {
  return {
    id: Number(options.botToken.split(':')[0]) || 1,
    is_bot: true,
    first_name: options.botName ?? 'Ballast',
    username: options.botUsername ?? 'ballast_demo_bot',
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_join_request_queries: false,
  };
}
