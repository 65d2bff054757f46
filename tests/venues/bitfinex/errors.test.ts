import { describe, expect, test } from 'vitest';
import { classify } from '../../../src/venues/bitfinex/errors.ts';

const kindOf = (status: number, text: string, retryAfter?: string) =>
  classify({ status, text, retryAfter });

describe('what a reply proves', () => {
  test('the body is read before the status: HTTP 500 with a known code is a refusal', () => {
    expect(kindOf(500, '["error",110202,"collateral: market risk"]')).toEqual({
      kind: 'refused',
      code: '110202',
      reason: 'collateral: market risk',
      transient: false,
    });
  });

  test.each([
    '["error",10001,"Invalid order: not enough tradable balance for 1 BTC"]',
    '["error",10001,"api_key: permission invalid"]',
    '["error",10020,"symbol: invalid"]',
    '["error",10100,"apikey: digest invalid"]',
    '["error",10112,"signature: invalid"]',
  ])('%s refuses for good, whatever the status', (text) => {
    for (const status of [200, 400, 500]) {
      expect(kindOf(status, text)).toMatchObject({ kind: 'refused', transient: false });
    }
  });

  test.each(['["error",20060,"maintenance"]', '["error",11000,"not ready"]'])(
    '%s refuses for now',
    (text) => {
      expect(kindOf(500, text)).toMatchObject({ kind: 'refused', transient: true });
    },
  );

  test('a small nonce is its own case', () => {
    expect(kindOf(500, '["error",10114,"nonce: small"]').kind).toBe('nonce');
  });

  test.each([
    [500, '["error",10000,"unknown error"]'],
    [500, '["error",null,"whatever"]'],
    [500, '["error",10008,"concurrency"]'],
    [500, '["error",99999,"never heard of"]'],
    [500, '["error",10001,"Internal timeout, try again"]'],
    [503, '{"code":503,"error":"temporarily_unavailable","error_description":"x"}'],
    [502, '<html><body>Bad Gateway</body></html>'],
    [200, '<html>cloudflare</html>'],
    [200, '[[1,2'],
    [500, '[]'],
    [400, '{"message":"bad"}'],
    [200, ''],
  ])('HTTP %i with %s proves nothing', (status, text) => {
    expect(kindOf(status, text).kind).toBe('doubtful');
  });

  test('the three forms of a rate limit are known; only a body proves it', () => {
    expect(kindOf(200, '{"error":"ERR_RATE_LIMIT"}')).toMatchObject({ proven: true });
    expect(kindOf(500, '["error",11010,"ratelimit: error"]')).toMatchObject({ proven: true });
    expect(kindOf(429, '<html>slow down</html>')).toMatchObject({ kind: 'limited', proven: false });
    expect(kindOf(429, '{"error":"x"}', '90')).toMatchObject({ kind: 'limited', restMs: 90_000 });
    expect(kindOf(429, '[1]', 'soon')).toMatchObject({ kind: 'limited', restMs: 0 });
  });

  test('an answer of the call itself passes', () => {
    expect(kindOf(200, '[[1]]').kind).toBe('answer');
    expect(kindOf(200, '[]').kind).toBe('answer');
  });

  test('a body nested beyond reason is refused, not followed', () => {
    expect(kindOf(200, '['.repeat(200_000)).kind).toBe('doubtful');
  });
});
