import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { authMessage, isEvent, type Rig, startRig } from './rig.ts';

const POSITIONS = 'v2/auth/r/positions';
const BAD_DIGEST = ['error', 10_100, 'apikey: digest invalid'];
const SMALL_NONCE = ['error', 10_114, 'nonce: small'];

describe('signatures', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(() => rig.close());

  test('a right one is let in, with the body sent as {} or not at all', async () => {
    expect((await rig.signed(POSITIONS)).status).toBe(200);
    expect((await rig.signed(POSITIONS, {}, { raw: '' })).status).toBe(200);
  });

  test('a wrong secret is refused with HTTP 500', async () => {
    const answer = await rig.signed(POSITIONS, {}, { secret: 'other' });
    expect(answer).toMatchObject({ status: 500, json: BAD_DIGEST });
  });

  test('a signature over another body is refused', async () => {
    const nonce = rig.nextNonce();
    const other = await rig.signed(POSITIONS, {}, { nonce, raw: '{ }' });
    expect(other.status).toBe(200);
    const answer = await rig.post(
      '/v2/auth/r/positions',
      {},
      {
        'bfx-nonce': String(rig.nextNonce()),
        'bfx-apikey': 'demo-key',
        'bfx-signature': 'ab'.repeat(48),
      },
    );
    expect(answer).toMatchObject({ status: 500, json: BAD_DIGEST });
  });

  test('an unknown key is refused', async () => {
    const answer = await rig.signed(POSITIONS, {}, { key: 'nobody' });
    expect(answer).toMatchObject({ status: 500, json: ['error', 10_100, 'apikey: invalid'] });
  });

  test('an unsigned call is refused', async () => {
    expect((await rig.post('/v2/auth/r/wallets', {})).status).toBe(500);
  });
});

describe('nonces', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await startRig();
    return () => rig.close();
  });

  test('must rise strictly', async () => {
    expect((await rig.signed(POSITIONS, {}, { nonce: 100 })).status).toBe(200);
    for (const nonce of [100, 99]) {
      const answer = await rig.signed(POSITIONS, {}, { nonce });
      expect(answer).toMatchObject({ status: 500, json: SMALL_NONCE });
    }
    expect((await rig.signed(POSITIONS, {}, { nonce: 101 })).status).toBe(200);
  });

  test('must stay within 2^53 − 1', async () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect((await rig.signed(POSITIONS, {}, { nonce: most + 1 })).json).toEqual(SMALL_NONCE);
    expect((await rig.signed(POSITIONS, {}, { nonce: most })).status).toBe(200);
  });

  test('of a refused signature are not used up', async () => {
    await rig.signed(POSITIONS, {}, { nonce: 1_000, secret: 'other' });
    expect((await rig.signed(POSITIONS, {}, { nonce: 1_000 })).status).toBe(200);
  });

  test('are shared between REST and WebSocket', async () => {
    const socket = await rig.connect();
    socket.send(authMessage(500));
    const accepted = await socket.next((frame) => isEvent(frame, 'auth'));
    expect(accepted).toMatchObject({ status: 'OK', chanId: 0, caps: { withdraw: { write: 0 } } });
    expect((await rig.signed(POSITIONS, {}, { nonce: 500 })).json).toEqual(SMALL_NONCE);
    expect((await rig.signed(POSITIONS, {}, { nonce: 501 })).status).toBe(200);
    const second = await rig.connect();
    second.send(authMessage(501));
    const refused = await second.next((frame) => isEvent(frame, 'auth'));
    expect(refused).toMatchObject({ status: 'FAILED', code: 10_114, msg: 'nonce: small' });
  });
});
