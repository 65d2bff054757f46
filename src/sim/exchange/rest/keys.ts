/** Who may call: signatures and the nonce that must rise, shared by REST and WebSocket. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { ERR_AUTH_FAIL, ERR_AUTH_NONCE, Refusal } from './refusal.ts';

/** Known to everybody: nothing real is behind it. */
const API_KEY = 'demo-key';
const API_SECRET = 'demo-secret';
const NONCE = /^\d{1,16}$/;

export interface SignedCall {
  readonly apiKey: string | undefined;
  readonly nonce: string | undefined;
  readonly signature: string | undefined;
  /** Texts of which one must have been signed. */
  readonly payloads: readonly string[];
}

export class Keys {
  #lastNonce = 0;

  /**
   * @throws Refusal when key, signature or nonce is wrong; a nonce counts only when all is right.
   */
  check({ apiKey, nonce, signature, payloads }: SignedCall): void {
    if (apiKey !== API_KEY) throw new Refusal(ERR_AUTH_FAIL, 'apikey: invalid');
    if (!payloads.some((payload) => isSignatureOf(payload, signature ?? ''))) {
      throw new Refusal(ERR_AUTH_FAIL, 'apikey: digest invalid');
    }
    const value = NONCE.test(nonce ?? '') ? Number(nonce) : Number.NaN;
    if (!Number.isSafeInteger(value) || value <= this.#lastNonce) {
      throw new Refusal(ERR_AUTH_NONCE, 'nonce: small');
    }
    this.#lastNonce = value;
  }
}

function isSignatureOf(payload: string, signature: string): boolean {
  const wanted = createHmac('sha384', API_SECRET).update(payload).digest();
  const given = Buffer.from(signature, 'hex');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
