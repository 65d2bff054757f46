/** Who did something: a chat user, or the service itself (`system`). */
export interface Actor {
  readonly id: string;
  readonly name: string;
}

export const SYSTEM_ACTOR: Actor = { id: 'system', name: 'Ballast' };
