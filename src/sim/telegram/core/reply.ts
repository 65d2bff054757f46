import { BallastError } from '../../../core/errors.ts';

/** What the Bot API answers: the shape of Telegram's own JSON. */
export type ApiReply = ApiOk | ApiRefused;

export interface ApiOk {
  readonly ok: true;
  readonly result: unknown;
}

export interface ApiRefused {
  readonly ok: false;
  readonly error_code: number;
  readonly description: string;
  readonly parameters?: { readonly retry_after: number };
}

/** A call that Telegram would refuse; methods throw it, `dispatch` turns it into an answer. */
export class ApiRefusal extends BallastError {
  constructor(
    readonly code: number,
    readonly description: string,
    readonly retryAfterS?: number,
  ) {
    super(`${code}: ${description}`);
  }

  toReply(): ApiRefused {
    const base = { ok: false, error_code: this.code, description: this.description } as const;
    return this.retryAfterS === undefined
      ? base
      : { ...base, parameters: { retry_after: this.retryAfterS } };
  }
}

/** The connection broke: the caller cannot know whether the call had an effect. */
export class ConnectionReset extends BallastError {}

/** The user side was asked for something no client could do, such as tapping a missing button. */
export class UserSideError extends BallastError {}

export function badRequest(reason: string): ApiRefusal {
  return new ApiRefusal(400, `Bad Request: ${reason}`);
}

export function forbidden(reason: string): ApiRefusal {
  return new ApiRefusal(403, `Forbidden: ${reason}`);
}
