/** Signatures: HMAC-SHA384 over exactly the bytes that are sent, in lower-case hex. */
import { createHmac } from 'node:crypto';
import type { Secret } from '../../core/secret.ts';

export interface Credentials {
  readonly apiKey: Secret;
  readonly apiSecret: Secret;
}

function hmac(secret: Secret, payload: string): string {
  return createHmac('sha384', secret.reveal()).update(payload).digest('hex');
}

/** Headers of a signed call. `path` is without a leading slash, such as `v2/auth/r/wallets`. */
export function signedHeaders(
  credentials: Credentials,
  path: string,
  nonce: number,
  rawBody: string,
): Record<string, string> {
  return {
    'content-type': 'application/json',
    'bfx-nonce': String(nonce),
    'bfx-apikey': credentials.apiKey.reveal(),
    'bfx-signature': hmac(credentials.apiSecret, `/api/${path}${nonce}${rawBody}`),
  };
}

/**
 * The frame that authenticates a WebSocket. It carries no `dms`: that flag would make the venue
 * cancel every order of the account when the socket closes.
 */
export function authFrame(credentials: Credentials, nonce: number): string {
  const authPayload = `AUTH${nonce}`;
  return JSON.stringify({
    event: 'auth',
    apiKey: credentials.apiKey.reveal(),
    authNonce: nonce,
    authPayload,
    authSig: hmac(credentials.apiSecret, authPayload),
  });
}
