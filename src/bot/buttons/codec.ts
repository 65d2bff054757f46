/** What our own buttons carry: `v1|action|argument`, never more than Telegram's 64 bytes. */
import { assert } from '../../core/errors.ts';

export const BUTTON_ACTIONS = [
  /** A single-use permission; the argument is its nonce. */
  'ticket',
  'positions',
  'position',
  'status',
  /** Back to where `/start` begins. */
  'home',
  'pending',
  'help',
  'settings',
  'replan',
  'balance',
  'health',
  'why',
  'chart',
  /** A preview of an act by hand. */
  'act',
  'resume',
  /** Every liquidation plan that waits. */
  'plans',
  'profile',
  'timezone',
  'users',
  'user',
  'userset',
  'invite',
  /** Show a second factor in the terminal. */
  'enrol',
  /** Switch what takes a second factor. */
  'guard',
  'language',
  /** An hour without the alert it is under. */
  'snooze',
  /** How loud one kind of news is. */
  'notify',
  /** Leave the dialogue that waits for a value. */
  'leave',
] as const;
export type ButtonAction = (typeof BUTTON_ACTIONS)[number];

export interface ButtonPress {
  readonly action: ButtonAction;
  readonly argument: string;
}

const VERSION = 'v1';
const BYTES_MAX = 64;
const PATTERN = /^v1\|([a-z]{1,16})\|([^|]*)$/;

/** @throws InvariantError when the argument does not fit or holds the separator. */
export function encodePress(action: ButtonAction, argument = ''): string {
  const data = `${VERSION}|${action}|${argument}`;
  assert(!argument.includes('|'), 'a button argument without the separator');
  assert(Buffer.byteLength(data) <= BYTES_MAX, `button data of at most ${BYTES_MAX} bytes`);
  return data;
}

/** Null for anything that `encodePress` did not write. */
export function decodePress(data: string): ButtonPress | null {
  const match = PATTERN.exec(data);
  const action = BUTTON_ACTIONS.find((known) => known === match?.[1]);
  if (!action || Buffer.byteLength(data) > BYTES_MAX) return null;
  return { action, argument: match?.[2] ?? '' };
}
