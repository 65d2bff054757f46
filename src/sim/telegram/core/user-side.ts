/** What people do in their clients: write, tap, block, change the language. */
import type { CallbackQuery, ChatMember } from '@grammyjs/types';
import type { Tap } from './callbacks.ts';
import { detectEntities } from './entities/detect.ts';
import { TEXT_MAX } from './entities/format.ts';
import { UserSideError } from './reply.ts';
import { Room } from './room.ts';
import type { Content, RoomChat, ShownMessage, StoredMessage } from './stored-message.ts';
import type { World } from './world.ts';

export interface SayOptions {
  /** Another chat than the private one. */
  readonly chatId?: number;
  readonly replyTo?: number;
  /** A topic of the group. */
  readonly threadId?: number;
}

/** A message to the bot. @throws UserSideError for what no client could send */
export function say(
  world: World,
  userId: number,
  raw: string,
  options: SayOptions = {},
): ShownMessage {
  const room = roomOf(world, userId, options.chatId ?? userId);
  const text = raw.trim();
  if (text === '') throw new UserSideError('a message needs text');
  if (text.length > TEXT_MAX) {
    throw new UserSideError(`at most ${TEXT_MAX} characters fit, was ${text.length}`);
  }
  if (room.membership === 'blocked') throw new UserSideError('the user has blocked the bot');
  const { replyTo } = options;
  if (replyTo !== undefined && !room.messages.has(replyTo)) {
    throw new UserSideError(`there is no message ${replyTo} to reply to`);
  }
  if (room.membership === 'none') room.membership = 'member';
  if (room.forceReply?.messageId === replyTo) room.forceReply = undefined;
  const { threadId } = options;
  if (threadId !== undefined && !room.topics.has(threadId)) {
    throw new UserSideError(`there is no topic ${threadId}`);
  }
  const body = { text, entities: detectEntities(text, []) };
  const stored = userMessage(world, room, userId, { kind: 'text', body }, replyTo);
  return deliver(world, room, { ...stored, threadId });
}

/** A file to the bot, in the private chat. @throws UserSideError, ApiRefusal for an empty one */
export function sendFile(
  world: World,
  userId: number,
  filename: string,
  bytes: Uint8Array,
): ShownMessage {
  const room = roomOf(world, userId, userId);
  if (room.membership === 'blocked') throw new UserSideError('the user has blocked the bot');
  if (room.membership === 'none') room.membership = 'member';
  const file = world.files.add('document', { filename, bytes });
  const body = { text: '', entities: [] };
  const content = { kind: 'document', body, file } as const;
  return deliver(world, room, userMessage(world, room, userId, content, undefined));
}

function deliver(world: World, room: Room, stored: StoredMessage): ShownMessage {
  room.add(stored);
  const at = { chatId: room.chat.id, messageId: stored.id };
  const { content } = stored;
  const text = content.kind === 'text' ? content.body.text : content.file.filename;
  world.note({ who: world.keyOf(stored.from.id), act: 'says', text, ...at });
  world.events.emit({ type: 'message', ...at });
  const message = world.show(room, stored);
  world.push({ message });
  return message;
}

/**
 * A tap on a callback button. A client may still show a button that an edit took away, so data
 * that the message offered once is accepted; data it never offered is not.
 * @throws UserSideError
 */
export function tap(
  world: World,
  userId: number,
  messageId: number,
  data: string,
  chatId?: number,
): Tap {
  const room =
    chatId === undefined ? roomWith(world, userId, messageId) : roomOf(world, userId, chatId);
  const stored = room.messages.get(messageId);
  if (stored === undefined) throw new UserSideError(`there is no message ${messageId}`);
  if (!stored.offered.has(data)) {
    throw new UserSideError(`message ${messageId} never had a button with data "${data}"`);
  }
  const at = { chatId: room.chat.id, messageId };
  const opened = world.callbacks.open({ userId, ...at, data, at: world.clock.now() });
  world.note({ who: world.keyOf(userId), act: 'taps', text: data, ...at });
  world.events.emit({ type: 'tap', ...at, id: opened.id, data });
  const query: CallbackQuery = {
    id: opened.id,
    from: world.publicUser(userId) ?? stored.from,
    message: world.show(room, stored),
    chat_instance: String(room.chat.id),
    data,
  };
  world.push({ callback_query: query });
  return opened;
}

/** Blocks or unblocks the bot; the bot hears of it as `my_chat_member`. */
export function block(world: World, userId: number, on: boolean): void {
  const room = roomOf(world, userId, userId);
  const wanted = on ? 'blocked' : 'member';
  if (room.membership === wanted) return;
  room.membership = wanted;
  changeMembership(world, room, userId, on ? 'member' : 'kicked', on ? 'kicked' : 'member');
  world.note({
    who: world.keyOf(userId),
    act: 'blocks',
    chatId: userId,
    messageId: null,
    text: on ? 'blocks the bot' : 'unblocks the bot',
  });
  world.events.emit({ type: 'state', chatId: userId });
}

export function setLanguage(world: World, userId: number, language: string): void {
  const user = world.users.get(userId);
  if (user === undefined) throw new UserSideError(`there is no user ${userId}`);
  world.setUser(user, user.key, language);
  world.events.emit({ type: 'state', chatId: userId });
}

export interface Group {
  readonly id: number;
  readonly title: string;
  /** Makes it a forum. */
  readonly topics?: readonly number[];
}

/** Somebody adds the bot to a group with everybody in it. @returns the group's id */
export function addToGroup(world: World, byUserId: number, group: Group): number {
  const { id: groupId, title, topics = [] } = group;
  const by = world.publicUser(byUserId);
  if (by === undefined) throw new UserSideError(`there is no user ${byUserId}`);
  const chat: RoomChat =
    topics.length > 0
      ? { id: groupId, type: 'supergroup', title, is_forum: true }
      : { id: groupId, type: 'group', title };
  const everybody = [...world.users.keys()].flatMap((id) => world.publicUser(id) ?? []);
  const room = new Room(chat, everybody, 'member', 1);
  for (const topic of topics) room.topics.add(topic);
  world.rooms.set(groupId, room);
  changeMembership(world, room, byUserId, 'left', 'member');
  return groupId;
}

/** Somebody takes the bot out of a group. */
export function removeFromGroup(world: World, byUserId: number, groupId: number): void {
  const room = roomOf(world, byUserId, groupId);
  room.membership = 'left';
  changeMembership(world, room, byUserId, 'member', 'kicked');
}

type Status = 'left' | 'member' | 'kicked';

function changeMembership(
  world: World,
  room: Room,
  userId: number,
  before: Status,
  after: Status,
): void {
  const from = world.publicUser(userId);
  if (from === undefined) throw new UserSideError(`there is no user ${userId}`);
  const member = (status: Status): ChatMember =>
    status === 'kicked' ? { status, user: world.bot, until_date: 0 } : { status, user: world.bot };
  world.push({
    my_chat_member: {
      chat: room.chat,
      from,
      date: world.nowS(),
      old_chat_member: member(before),
      new_chat_member: member(after),
    },
  });
}

function userMessage(
  world: World,
  room: Room,
  userId: number,
  content: Content,
  replyTo: number | undefined,
): StoredMessage {
  const from = world.publicUser(userId);
  if (from === undefined) throw new UserSideError(`there is no user ${userId}`);
  return {
    id: room.takeId(),
    chat: room.chat,
    from,
    dateS: world.nowS(),
    replyTo,
    threadId: undefined,
    silent: false,
    protectedContent: false,
    editable: false,
    offered: new Set(),
    content,
    editDateS: undefined,
    keyboard: undefined,
    reactions: [],
  };
}

function roomOf(world: World, userId: number, chatId: number): Room {
  const room = world.rooms.get(chatId);
  const isMember = chatId === userId || room?.members.some(({ id }) => id === userId) === true;
  if (room === undefined || !world.users.has(userId) || !isMember) {
    throw new UserSideError(`user ${userId} is in no chat ${chatId}`);
  }
  return room;
}

/** The private chat first, then groups the user is in. */
function roomWith(world: World, userId: number, messageId: number): Room {
  const own = roomOf(world, userId, userId);
  if (own.messages.has(messageId)) return own;
  for (const room of world.rooms.values()) {
    const inRoom = room.members.some(({ id }) => id === userId);
    if (inRoom && room.messages.has(messageId)) return room;
  }
  return own;
}
