/**
 * The four ends a write can have. `unknown` is a state, not an error: what it touched stays fenced
 * until the venue proves what happened.
 */
export type Outcome =
  | { readonly kind: 'confirmed'; readonly detail: string }
  | {
      readonly kind: 'rejected';
      readonly code: string;
      readonly reason: string;
      /** The venue refused this amount and not, as with limits or keys, whatever was sent now. */
      readonly isAboutAmount?: true;
    }
  | { readonly kind: 'denied'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

export const confirmed = (detail = ''): Outcome => ({ kind: 'confirmed', detail });
export const rejected = (code: string, reason: string, isAboutAmount = false): Outcome => ({
  ...{ kind: 'rejected', code, reason },
  ...(isAboutAmount && { isAboutAmount }),
});
export const denied = (reason: string): Outcome => ({ kind: 'denied', reason });
export const unknown = (reason: string): Outcome => ({ kind: 'unknown', reason });
