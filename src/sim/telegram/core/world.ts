/** The emulator's state, and the few steps that several methods share. */
import type { Update, User, UserFromGetMe } from '@grammyjs/types';
import type { Clock } from '../../../ports/clock.ts';
import { CallbackDesk } from './callbacks.ts';
import { CommandBook } from './command-book.ts';
import { EventHub } from './events.ts';
import { Faults } from './faults.ts';
import { FileStore } from './files.ts';
import { type CallRecord, Records, type SentButton, type TranscriptLine } from './records.ts';
import { badRequest, forbidden } from './reply.ts';
import { Room } from './room.ts';
import {
  type RoomChat,
  type ShownMessage,
  type StoredMessage,
  toMessage,
} from './stored-message.ts';
import { UpdateQueue } from './updates.ts';

/** A card that is edited for days offers new data each time; no client shows the old for long. */
const OFFERED_MAX = 500;

export interface EmulatedUser {
  /** Short name used by the page and by tests. */
  readonly key: string;
  readonly id: number;
  readonly firstName: string;
  readonly username?: string;
  readonly languageCode?: string;
  /** Whether the bot already knows this chat; true unless told. */
  readonly started?: boolean;
}

export interface WorldOptions {
  readonly clock: Clock;
  readonly bot: UserFromGetMe;
  readonly users: readonly EmulatedUser[];
  readonly firstMessageId: number;
  readonly firstUpdateId: number;
}

export class World {
  readonly clock: Clock;
  readonly bot: UserFromGetMe;
  readonly users = new Map<number, User & { readonly key: string }>();
  readonly rooms = new Map<number, Room>();
  readonly updates: UpdateQueue;
  readonly callbacks = new CallbackDesk();
  readonly commands = new CommandBook();
  readonly files = new FileStore();
  readonly faults = new Faults();
  readonly events = new EventHub();
  readonly transcript = new Records<TranscriptLine>(5000);
  readonly calls = new Records<CallRecord>(2000);
  readonly buttons = new Records<SentButton>(10_000);
  readonly profile = new Map<string, string>();

  constructor(options: WorldOptions) {
    this.clock = options.clock;
    this.bot = options.bot;
    this.updates = new UpdateQueue(options.clock, options.firstUpdateId);
    for (const user of options.users) this.#addUser(user, options.firstMessageId);
  }

  #addUser(user: EmulatedUser, firstMessageId: number): void {
    const name = {
      first_name: user.firstName,
      ...(user.username === undefined ? {} : { username: user.username }),
    };
    const chat: RoomChat = { id: user.id, type: 'private', ...name };
    this.setUser({ id: user.id, is_bot: false, ...name }, user.key, user.languageCode ?? 'en');
    const membership = user.started === false ? 'none' : 'member';
    this.rooms.set(user.id, new Room(chat, [], membership, firstMessageId));
  }

  setUser(user: User, key: string, languageCode: string): void {
    this.users.set(user.id, { ...user, language_code: languageCode, key });
  }

  nowS(): number {
    return Math.floor(this.clock.now() / 1000);
  }

  keyOf(userId: number): string {
    return this.users.get(userId)?.key ?? 'bot';
  }

  /** The user as Telegram shows it, without our key. */
  publicUser(userId: number): User | undefined {
    const user = this.users.get(userId);
    if (user === undefined) return undefined;
    const { key: _, ...shown } = user;
    return shown;
  }

  /** @throws ApiRefusal 400 "chat not found" */
  room(chatId: number | string): Room {
    const room = typeof chatId === 'number' ? this.rooms.get(chatId) : undefined;
    if (room === undefined || room.membership === 'none') throw badRequest('chat not found');
    return room;
  }

  /** A chat the bot may write to. @throws ApiRefusal 400 or 403 */
  openRoom(chatId: number | string): Room {
    const room = this.room(chatId);
    if (room.membership === 'blocked') throw forbidden('bot was blocked by the user');
    if (room.membership === 'left') throw forbidden('bot is not a member of the group chat');
    return room;
  }

  show(room: Room, stored: StoredMessage): ShownMessage {
    const reply = stored.replyTo === undefined ? undefined : room.messages.get(stored.replyTo);
    return toMessage(stored, reply);
  }

  push(update: Omit<Update, 'update_id'>): void {
    const kind = Object.keys(update)[0];
    if (isKind(kind)) this.updates.push(kind, update);
  }

  note(line: Omit<TranscriptLine, 'at'>): void {
    this.transcript.add({ at: this.clock.now(), ...line });
  }

  /** Remembers the callback buttons a message offers now. */
  offer(stored: StoredMessage): void {
    for (const button of (stored.keyboard?.inline_keyboard ?? []).flat()) {
      if (!('callback_data' in button)) continue;
      const data = button.callback_data;
      if (stored.offered.has(data)) continue;
      stored.offered.add(data);
      for (const old of stored.offered) {
        if (stored.offered.size <= OFFERED_MAX) break;
        stored.offered.delete(old);
      }
      this.buttons.add({ chatId: stored.chat.id, messageId: stored.id, text: button.text, data });
    }
  }
}

const KINDS = ['message', 'callback_query', 'my_chat_member'] as const;

function isKind(key: string | undefined): key is (typeof KINDS)[number] {
  return KINDS.some((kind) => kind === key);
}
