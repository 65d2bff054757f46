/** A picture that goes with a message, as what it shows: it is drawn when the message is sent. */
import { z } from 'zod';

export const pictureSchema = z.object({
  /** Equity and free balance of a UTC day. */
  kind: z.literal('day'),
  utcDay: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
});

export type Picture = z.infer<typeof pictureSchema>;

/** Telegram's limit for the text under a picture, counted after the markup is parsed. */
export const CAPTION_MAX = 1024;
