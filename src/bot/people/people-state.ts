/** Who the bot knows, as kept on disk. */
import { z } from 'zod';
import { LOCALES } from '../i18n/locale.ts';
import { timeZoneOf } from '../i18n/time-zone.ts';
import { ROLES } from './roles.ts';

export const PEOPLE_MAX = 500;

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
});

export const peopleSchema = z.object({ people: z.array(personSchema).max(PEOPLE_MAX) });

export type PersonRecord = z.infer<typeof personSchema>;
export type PeopleState = z.infer<typeof peopleSchema>;

export function initialPeople(): PeopleState {
  return { people: [] };
}
