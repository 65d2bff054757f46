/** A message as the emulator keeps it, and as the Bot API shows it. */
import type { Chat, InlineKeyboardMarkup, Message, PhotoSize, User } from '@grammyjs/types';
import type { Formatted } from './entities/html.ts';
import type { StoredFile } from './files.ts';

export type Content =
  | { readonly kind: 'text'; readonly body: Formatted }
  | { readonly kind: 'photo' | 'document'; readonly body: Formatted; readonly file: StoredFile };

export type RoomChat = Chat.PrivateChat | Chat.GroupChat | Chat.SupergroupChat;

export interface StoredMessage {
  readonly id: number;
  readonly chat: RoomChat;
  readonly from: User;
  /** Unix seconds, as everywhere in the Bot API. */
  readonly dateS: number;
  readonly replyTo: number | undefined;
  readonly threadId: number | undefined;
  readonly silent: boolean;
  readonly protectedContent: boolean;
  /** Telegram does not let a bot edit a message that brought or took a reply keyboard. */
  readonly editable: boolean;
  /** Callback data that a client may still show, though an edit took the button away. */
  readonly offered: Set<string>;
  content: Content;
  editDateS: number | undefined;
  keyboard: InlineKeyboardMarkup | undefined;
  reactions: readonly string[];
}

export type ShownMessage = Message & { from: User; chat: RoomChat };

/** The Bot API's `Message`. `reply` is the message replied to, where it still exists. */
export function toMessage(stored: StoredMessage, reply?: StoredMessage): ShownMessage {
  const message: ShownMessage = {
    message_id: stored.id,
    from: stored.from,
    chat: stored.chat,
    date: stored.dateS,
    ...(stored.threadId === undefined
      ? {}
      : { message_thread_id: stored.threadId, is_topic_message: true }),
    ...(stored.editDateS === undefined ? {} : { edit_date: stored.editDateS }),
    ...(stored.protectedContent ? { has_protected_content: true } : {}),
    ...contentFields(stored.content),
    ...(stored.keyboard === undefined ? {} : { reply_markup: stored.keyboard }),
  };
  if (reply !== undefined) {
    // One level only, as Telegram sends it.
    Object.assign(message, { reply_to_message: toMessage(reply) });
  }
  return structuredClone(message);
}

type ContentField = 'text' | 'entities' | 'caption' | 'caption_entities' | 'photo' | 'document';

function contentFields(content: Content): Pick<Message, ContentField> {
  const entities = [...content.body.entities];
  if (content.kind === 'text') {
    return { text: content.body.text, ...(entities.length > 0 ? { entities } : {}) };
  }
  const caption =
    content.body.text === ''
      ? {}
      : {
          caption: content.body.text,
          ...(entities.length > 0 ? { caption_entities: entities } : {}),
        };
  const { file } = content;
  const base = { file_id: file.fileId, file_unique_id: file.uniqueId };
  const size = { file_size: file.bytes.length };
  if (content.kind === 'photo') {
    const { width, height } = file.image ?? { width: 0, height: 0 };
    const photo: PhotoSize[] = [{ ...base, ...size, width, height }];
    return { photo, ...caption };
  }
  const mime = file.image?.mime ?? 'application/octet-stream';
  return {
    document: { ...base, ...size, file_name: file.filename, mime_type: mime },
    ...caption,
  };
}
