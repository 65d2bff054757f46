/** How far updates were handled, as kept on disk. */
import { z } from 'zod';

export const progressSchema = z.object({
  lastUpdateId: z.number().int(),
  /** When it was handled: after a quiet week Telegram may start over with any id. */
  at: z.number().optional(),
});

export type Progress = z.infer<typeof progressSchema>;

export function initialProgress(): Progress {
  return { lastUpdateId: 0 };
}
