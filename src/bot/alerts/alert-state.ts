/** What is alerted and to whom, as kept on disk: a restart neither repeats nor forgets an alert. */
import { z } from 'zod';
import { TIERS } from './tiers.ts';

const POSITIONS_MAX = 1000;
const CHATS_MAX = 1000;
const SNOOZES_MAX = 5000;
export const DIGEST_MAX = 200;

const tier = z.enum(TIERS);
const at = z.number();

const trouble = z.object({
  symbol: z.string(),
  tier,
  since: at,
});

/** The highest tier a symbol was alerted in and when: the pause until it sounds again. */
const told = z.object({ symbol: z.string(), tier, at });

const message = z.object({
  chatId: z.number().int(),
  /** Null: on its way. */
  messageId: z.number().int().nullable(),
  tier,
  /** When it last made itself heard. */
  at,
});

const snooze = z.object({ chatId: z.number().int(), symbol: z.string(), tier, until: at });
const gathered = z.object({ chatId: z.number().int(), at, html: z.string() });

export const alertsSchema = z.object({
  troubles: z.array(trouble).max(POSITIONS_MAX),
  told: z.array(told).max(POSITIONS_MAX),
  messages: z.array(message).max(CHATS_MAX),
  snoozes: z.array(snooze).max(SNOOZES_MAX),
  gathered: z.array(gathered).max(DIGEST_MAX * CHATS_MAX),
});

export type Trouble = z.infer<typeof trouble>;
export type AlertMessage = z.infer<typeof message>;
export type Snooze = z.infer<typeof snooze>;
export type Gathered = z.infer<typeof gathered>;
export type AlertsState = z.infer<typeof alertsSchema>;

export function initialAlerts(): AlertsState {
  return { troubles: [], told: [], messages: [], snoozes: [], gathered: [] };
}
