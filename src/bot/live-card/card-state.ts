/** Which message of each chat is its card, as kept on disk. */
import { z } from 'zod';

export const CARDS_MAX = 1000;

const card = z.object({ chatId: z.number().int(), messageId: z.number().int() });

export const cardsSchema = z.object({ cards: z.array(card).max(CARDS_MAX) });
export type CardsState = z.infer<typeof cardsSchema>;

export function initialCards(): CardsState {
  return { cards: [] };
}
