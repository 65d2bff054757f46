/** One chat with its messages, as the emulator keeps it. */
import type { ForceReply, MenuButton, ReplyKeyboardMarkup, User } from '@grammyjs/types';
import type { RoomChat, StoredMessage } from './stored-message.ts';

/** `none`: the bot has never met this chat. */
export type Membership = 'none' | 'member' | 'blocked' | 'left';

const MESSAGES_MAX = 3000;

export class Room {
  readonly messages = new Map<number, StoredMessage>();
  /** Newest first. */
  pins: readonly number[] = [];
  membership: Membership;
  replyKeyboard: ReplyKeyboardMarkup | undefined;
  forceReply: { readonly messageId: number; readonly markup: ForceReply } | undefined;
  /** Ids of the topics, in a forum; the general one has none. */
  readonly topics = new Set<number>();
  menuButton: MenuButton = { type: 'default' };
  readonly chat: RoomChat;
  readonly members: readonly User[];
  #nextId: number;

  constructor(chat: RoomChat, members: readonly User[], membership: Membership, firstId: number) {
    this.chat = chat;
    this.members = members;
    this.membership = membership;
    this.#nextId = firstId;
  }

  takeId(): number {
    const id = this.#nextId;
    this.#nextId += 1;
    return id;
  }

  add(message: StoredMessage): void {
    this.messages.set(message.id, message);
    for (const id of this.messages.keys()) {
      if (this.messages.size <= MESSAGES_MAX) break;
      this.remove(id);
    }
  }

  /** @returns false when there was no such message */
  remove(id: number): boolean {
    this.pins = this.pins.filter((pin) => pin !== id);
    if (this.forceReply?.messageId === id) this.forceReply = undefined;
    return this.messages.delete(id);
  }
}
