/** Everywhere that news goes: people in their private chats, and the groups bound by an owner. */
import type { Catalogue, Words } from '../i18n/words.ts';
import type { Directory } from '../people/directory.ts';
import type { Role } from '../people/roles.ts';
import { DEFAULT_PREFERENCES, type Preferences } from './preferences.ts';

export interface Recipient {
  readonly chatId: number;
  readonly threadId?: number | undefined;
  /** Null for a group. */
  readonly personId: number | null;
  /** What those who read it may at least do; a group may have operators in it. */
  readonly role: Role;
  readonly t: Words;
  readonly preferences: Preferences;
}

export class Audience {
  readonly #directory: Directory;
  readonly #words: Catalogue;

  constructor(directory: Directory, words: Catalogue) {
    this.#directory = directory;
    this.#words = words;
  }

  /** Who holds the role and can be reached, and every group. */
  recipients(needed: Role): Recipient[] {
    const people = this.#directory.recipients(needed).map((person) => ({
      chatId: person.id,
      personId: person.id,
      role: person.role,
      t: this.#words(person),
      preferences: this.#directory.preferences(person.id),
    }));
    const rooms = this.#directory.rooms().map(({ chatId, threadId, language, timeZone }) => ({
      ...{ chatId, threadId, personId: null, role: 'operator' as const },
      t: this.#words({ locale: language, timeZone }),
      preferences: DEFAULT_PREFERENCES,
    }));
    return [...people, ...rooms];
  }

  /** The reader of a chat, for what is told outside of any request; null for strangers. */
  wordsOf(chatId: number): Words | null {
    const person = this.#directory.find(chatId);
    if (person) return this.#words(person);
    const room = this.#directory.room(chatId);
    return room && this.#words({ locale: room.language, timeZone: room.timeZone });
  }
}
