/** Who may talk to the bot, in which role and language, and who can be reached. */
import type { Actor } from '../../core/actor.ts';
import { messageOf } from '../../core/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Document } from '../../ports/store.ts';
import { DEFAULT_PREFERENCES, type Preferences } from '../alerts/preferences.ts';
import { type Locale, localeOf } from '../i18n/locale.ts';
import { DEFAULT_TIME_ZONE } from '../i18n/time-zone.ts';
import { oneLine } from '../one-line.ts';
import {
  PEOPLE_MAX,
  type PeopleState,
  type PersonRecord,
  ROOMS_MAX,
  type RoomRecord,
} from './people-state.ts';
import { allows, type Role } from './roles.ts';

export interface Person {
  readonly id: number;
  readonly name: string;
  readonly role: Role;
  readonly locale: Locale;
  readonly timeZone: string;
}

/** What an update says of its sender. */
export interface Sender {
  readonly id: number;
  readonly first_name: string;
  readonly last_name?: string | undefined;
  readonly language_code?: string | undefined;
}

export interface DirectoryDeps {
  readonly document: Document<PeopleState>;
  readonly ownerIds: readonly number[];
  readonly clock: Clock;
  readonly log: Logger;
}

export class Directory {
  readonly #deps: DirectoryDeps;
  readonly #owners: ReadonlySet<number>;
  /** Blocked the bot, or never wrote to it; forgotten by a restart, which tries once more. */
  readonly #unreachable = new Set<number>();

  constructor(deps: DirectoryDeps) {
    this.#deps = deps;
    this.#owners = new Set(deps.ownerIds);
  }

  find(id: number): Person | null {
    const record = this.#record(id);
    const role = this.#owners.has(id) ? 'owner' : record?.role;
    if (!role) return null;
    const locale = record?.language ?? localeOf(record?.languageCode);
    const timeZone = record?.timeZone ?? DEFAULT_TIME_ZONE;
    return { id, name: record?.name ?? String(id), role, locale, timeZone };
  }

  everybody(): Person[] {
    const ids = new Set([...this.#owners, ...this.#people().map(({ id }) => id)]);
    return [...ids].flatMap((id) => this.find(id) ?? []);
  }

  /** Those who hold the role or a higher one and have not blocked the bot. */
  recipients(needed: Role): Person[] {
    return this.everybody().filter(
      ({ id, role }) => allows(role, needed) && !this.#unreachable.has(id),
    );
  }

  hasOwner(): boolean {
    return this.everybody().some(({ role }) => role === 'owner');
  }

  get unreachable(): number {
    return this.#unreachable.size;
  }

  setReachable(id: number, isReachable: boolean): void {
    if (isReachable) this.#unreachable.delete(id);
    else if (this.find(id) || this.room(id)) this.#unreachable.add(id);
  }

  /** Keeps name and language up to date. A failed write is logged: the next contact tries again. */
  async meet(sender: Sender): Promise<void> {
    const known = this.#record(sender.id);
    const name = nameOf(sender);
    const languageCode = sender.language_code?.slice(0, 40) ?? null;
    if (known && known.name === name && known.languageCode === languageCode) return;
    await this.#put(sender.id, { name, languageCode }).catch((error: unknown) => {
      this.#deps.log.warn({ reason: messageOf(error) }, 'person not saved');
    });
  }

  async admit(sender: Sender, role: Role): Promise<void> {
    const languageCode = sender.language_code?.slice(0, 40) ?? null;
    await this.#put(sender.id, { name: nameOf(sender), languageCode, role });
  }

  /** Named in the configuration: chat changes nothing about them. */
  isFixed(id: number): boolean {
    return this.#owners.has(id);
  }

  async setRole(id: number, role: Role): Promise<void> {
    if (this.#record(id)) await this.#put(id, { role });
  }

  /** Forgets the person, settings and second factor included. */
  async remove(id: number): Promise<void> {
    await this.#deps.document.update((state) => ({
      ...state,
      people: state.people.filter((person) => person.id !== id),
    }));
    this.#unreachable.delete(id);
  }

  async setLanguage(id: number, language: Locale | null): Promise<void> {
    await this.#put(id, { language });
  }

  /** `timeZone` is a name that `timeZoneOf` gave. */
  async setTimeZone(id: number, timeZone: string): Promise<void> {
    await this.#put(id, { timeZone });
  }

  preferences(id: number): Preferences {
    return this.#record(id)?.alerts ?? DEFAULT_PREFERENCES;
  }

  async setPreferences(id: number, alerts: Preferences): Promise<void> {
    await this.#put(id, { alerts });
  }

  /** The groups that alerts go to. */
  rooms(): readonly RoomRecord[] {
    const rooms = this.#deps.document.read().rooms ?? [];
    return rooms.filter(({ chatId }) => !this.#unreachable.has(chatId));
  }

  room(chatId: number): RoomRecord | null {
    const rooms = this.#deps.document.read().rooms ?? [];
    return rooms.find((room) => room.chatId === chatId) ?? null;
  }

  /** Null takes the group away. */
  async setRoom(chatId: number, room: RoomRecord | null): Promise<void> {
    this.#unreachable.delete(chatId);
    await this.#deps.document.update((state) => {
      const others = (state.rooms ?? []).filter((other) => other.chatId !== chatId);
      return { ...state, rooms: [...others, ...(room ? [room] : [])].slice(-ROOMS_MAX) };
    });
  }

  #people(): readonly PersonRecord[] {
    return this.#deps.document.read().people;
  }

  #record(id: number): PersonRecord | undefined {
    return this.#people().find((person) => person.id === id);
  }

  #put(id: number, change: Partial<PersonRecord>): Promise<void> {
    const { document, clock } = this.#deps;
    const fresh: PersonRecord = {
      id,
      name: String(id),
      role: null,
      language: null,
      languageCode: null,
      since: clock.now(),
    };
    return document.update((state) => {
      const { people } = state;
      const others = people.filter((person) => person.id !== id);
      const known = people.find((person) => person.id === id) ?? fresh;
      return { ...state, people: [...others, { ...known, ...change }].slice(-PEOPLE_MAX) };
    });
  }
}

export function actorOf(person: Person): Actor {
  return { id: String(person.id), name: person.name };
}

function nameOf(sender: Sender): string {
  const full = [sender.first_name, sender.last_name].filter(Boolean).join(' ');
  return oneLine(full).slice(0, 100) || String(sender.id);
}
