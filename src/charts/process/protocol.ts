/** What the service and its drawing process say to each other. */
import { z } from 'zod';
import type { ChartSpec } from '../spec.ts';

export interface DrawRequest {
  readonly id: number;
  readonly spec: ChartSpec;
}

const png = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'a PNG');

export const drawReplySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('drawn'), id: z.number(), png }),
  /** The specification cannot be drawn. */
  z.object({ kind: z.literal('refused'), id: z.number(), reason: z.string() }),
  /** Drawing failed for another reason. */
  z.object({ kind: z.literal('failed'), id: z.number(), reason: z.string() }),
]);

export type DrawReply = z.infer<typeof drawReplySchema>;
