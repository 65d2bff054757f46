/** Who the bot knows, as kept on disk. */
import { z } from 'zod';
import { preferencesSchema } from '../alerts/preferences.ts';
import { LOCALES } from '../i18n/locale.ts';
import { timeZoneOf } from '../i18n/time-zone.ts';
import { GUARDS } from './guards.ts';
import { ROLES } from './roles.ts';

export const PEOPLE_MAX = 500;
export const ROOMS_MAX = 50;

const personSchema = z.object({
  id: z.number().int(),
  name: z.string().max(200),
  /** Null for owners named in the configuration: the file alone says whether they are. */
  role: z.enum(ROLES).nullable(),
  /** Chosen with `/language`; null follows Telegram's own setting. */
  language: z.enum(LOCALES).nullable(),
  languageCode: z.string().max(40).nullable(),
  /** Absent, or no longer known to the runtime: UTC. */
  timeZone: z
    .string()
    .refine((name) => timeZoneOf(name) !== null)
    .optional()
    .catch(undefined),
  since: z.number(),
  /** Secret of the second factor, base32; absent for who has none. */
  totp: z.string().max(64).optional(),
  /** How they want to be told; absent: the defaults. */
  alerts: preferencesSchema.optional().catch(undefined),
});

/** A group that alerts go to, bound by an owner. */
const roomSchema = z.object({
  chatId: z.number().int(),
  threadId: z.number().int().optional(),
  title: z.string().max(256),
  language: z.enum(LOCALES),
  timeZone: z.string().max(64),
  boundBy: z.number().int(),
  at: z.number(),
});

export const peopleSchema = z.object({
  people: z.array(personSchema).max(PEOPLE_MAX),
  /** What takes a second factor. */
  guards: z.array(z.enum(GUARDS)).optional(),
  rooms: z.array(roomSchema).max(ROOMS_MAX).optional(),
});

export type PersonRecord = z.infer<typeof personSchema>;
export type RoomRecord = z.infer<typeof roomSchema>;
export type PeopleState = z.infer<typeof peopleSchema>;

export function initialPeople(): PeopleState {
  return { people: [] };
}
