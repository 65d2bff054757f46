/** The event objects of a WebSocket: greeting, subscriptions, authentication, errors, pong. */
import { z } from 'zod';
import { WireFormatError } from '../wire-json.ts';

export const INFO_CODE = { restart: 20051, maintenanceOn: 20060, maintenanceOff: 20061 } as const;
export const ERROR_CODE = { alreadySubscribed: 10301, notSubscribed: 10401 } as const;

const whole = z.number().int();
const right = z.looseObject({ read: z.unknown(), write: z.unknown() });

const eventSchema = z.discriminatedUnion('event', [
  z.looseObject({
    event: z.literal('info'),
    code: whole.optional(),
    platform: z.looseObject({ status: whole }).optional(),
  }),
  z.looseObject({ event: z.literal('subscribed'), chanId: whole, key: z.string().optional() }),
  z.looseObject({ event: z.literal('unsubscribed'), chanId: whole }),
  z.looseObject({
    event: z.literal('error'),
    code: whole.nullish(),
    msg: z.string().nullish(),
    key: z.string().optional(),
    chanId: whole.optional(),
  }),
  z.looseObject({
    event: z.literal('auth'),
    status: z.string(),
    code: whole.nullish(),
    msg: z.string().nullish(),
    caps: z.record(z.string(), z.union([right, z.unknown()])).nullish(),
  }),
  z.looseObject({ event: z.literal('pong') }),
  z.looseObject({ event: z.literal('conf') }),
]);

export type SocketEvent = z.infer<typeof eventSchema>;
export type AuthEvent = Extract<SocketEvent, { event: 'auth' }>;

/** Events hold no money, so ordinary JSON numbers do. @throws WireFormatError */
export function readEvent(text: string): SocketEvent {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new WireFormatError('expected JSON, was none', { cause: error });
  }
  const read = eventSchema.safeParse(value);
  if (read.success) return read.data;
  throw new WireFormatError(`event: ${read.error.issues[0]?.message ?? 'unreadable'}`);
}

/** The withdrawal rights an authenticated socket reports; anything but an explicit 0 counts. */
export function withdrawalRights(caps: AuthEvent['caps']): readonly string[] {
  return ['withdraw', 'ui_withdraw'].filter((scope) => {
    const cap: unknown = caps?.[scope];
    if (cap === undefined) return false;
    const read = right.safeParse(cap);
    return !read.success || read.data.read !== 0 || read.data.write !== 0;
  });
}
