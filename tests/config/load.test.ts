import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { demoConfig } from '../../src/config/demo.ts';
import { ConfigError } from '../../src/config/errors.ts';
import { parseConfig } from '../../src/config/load.ts';

const TOKEN = '123456789:CANARY-abcdefghijklmnopqrstuvwxyz0123';
const environment = {
  BITFINEX_API_KEY: 'CANARY-key',
  BITFINEX_API_SECRET: 'CANARY-secret',
  TELEGRAM_BOT_TOKEN: TOKEN,
};
const example = readFileSync('config/config.example.yaml', 'utf8');
const parse = (text: string, env: Record<string, string> = environment) =>
  parseConfig(text, 'config.yaml', env);
const simulated = 'exchange: simulator\nchat: local\n';

function problem(text: string, env: Record<string, string> = environment): string {
  try {
    parse(text, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('expected a ConfigError, was accepted');
}

describe('FR-1: the configuration', () => {
  test('the example is complete: it says what the defaults say', () => {
    const { balancer } = parse(example);
    expect(balancer).toEqual(parse(simulated).balancer);
  });

  test('has the defaults of the requirements', () => {
    expect(parse(simulated).balancer).toMatchObject({
      monitor: { poll_interval_sec: 60, volatility_update_hours: 1, volatility_lookback_days: 7 },
      thresholds: {
        min_adjustment_usdt: 50,
        min_deviation_pct: 5,
        emergency_margin_rate: 2,
        price_spike_pct: 3,
        account_margin_rate_warning: 3,
      },
      position_priority: { default: 50 },
      liquidation: {
        enabled: true,
        max_single_close_pct: 25,
        cooldown_seconds: 30,
        safety_margin_multiplier: 3,
        dry_run: true,
      },
      allocation: { reserve_usdt: 0 },
    });
  });

  test('takes secrets from the environment and cannot be printed with them', () => {
    const config = parse(example);
    expect(config.bitfinex?.api_key.reveal()).toBe('CANARY-key');
    expect(config.telegram?.bot_token.reveal()).toBe(TOKEN);
    expect(JSON.stringify(config)).not.toContain('CANARY');
    expect(String(config.bitfinex?.api_secret)).toBe('[secret]');
  });

  test('names a missing variable and its key', () => {
    const { TELEGRAM_BOT_TOKEN: _, ...rest } = environment;
    expect(problem(example, rest)).toContain(
      'telegram.bot_token: expected the environment variable TELEGRAM_BOT_TOKEN to be set',
    );
  });

  test.each([
    ['thresholds:\n  emergency_margin_rate: 0.3', 'thresholds.emergency_margin_rate', '0.3'],
    ['thresholds:\n  emergency_margin_rate: lots', 'thresholds.emergency_margin_rate', '"lots"'],
    ['monitor:\n  poll_interval_sec: 1', 'monitor.poll_interval_sec: expected at least 5', '1'],
    ['risk_weights:\n  tBTCF0:USTF0: 0', 'risk_weights.tBTCF0:USTF0: expected above 0', '0'],
    ['risk_weights:\n  BTC: 1', 'risk_weights', 'BTC'],
    ['allocation:\n  mode: best', 'expected one of risk_weight, equal_distance', '"best"'],
    ['liquidation:\n  max_single_close_pct: 120', 'expected at most 100', '120'],
    ['thresholdz: 1', 'thresholdz: no such key', ''],
    ['emergency:\n  relative_trigger: 1', 'emergency.relative_trigger', '1'],
  ])('refuses %j by key, expectation and value', (yaml, key, was) => {
    const message = problem(`${simulated}${yaml}\n`);
    expect(message).toContain(key);
    expect(message).toContain(was);
  });

  test('a real mode without its key is an error, not a simulation', () => {
    expect(problem('exchange: bitfinex\nchat: local\n')).toContain('bitfinex.api_key');
    expect(problem('exchange: simulator\nchat: telegram\n')).toContain('telegram.bot_token');
  });

  test('a wrong secret is never echoed', () => {
    const message = problem(example, { ...environment, TELEGRAM_BOT_TOKEN: 'CANARY' });
    expect(message).toContain('telegram.bot_token');
    expect(message).not.toContain('CANARY');
    const broken = problem('bitfinex:\n  api_key: "CANARY\nchat: local');
    expect(broken).toContain('not readable as YAML');
    expect(broken).not.toContain('CANARY');
  });

  test('names all missing variables at once', () => {
    const message = problem(example, {});
    for (const name of Object.keys(environment)) expect(message).toContain(`variable ${name} `);
    expect(message).toContain('bitfinex.api_secret: expected the environment variable');
  });

  test.each([
    ['position_priority:\n  BTC: 5', 'position_priority.BTC: expected a symbol like tBTCF0:USTF0'],
    ['position_priority:\n  tBTCF0:USTF0: x', 'position_priority.tBTCF0:USTF0: expected a number'],
    ['risk_weights: 5', 'risk_weights: expected a section with keys, was 5 (line 3)'],
    ['storage:\n  dir: [a]', 'storage.dir: expected a text, was a list (line 4)'],
    ['local_chat:\n  port: 1.5', 'local_chat.port: expected a whole number, was 1.5 (line 4)'],
    ['liquidation:\n  dry_run: nope', 'expected true or false, was "nope" (line 4)'],
  ])('says for %j where it stands and what was expected', (yaml, expected) => {
    expect(problem(`${simulated}${yaml}\n`)).toContain(expected);
  });

  test('names every wrong key, not only the first', () => {
    const message = problem(`${simulated}one: 1\ntwo: 2\nmonitor:\n  three: 3\n`);
    expect(message).toContain('3 wrong value(s)');
    expect(message).toContain('one: no such key (line 3)');
    expect(message).toContain('two: no such key (line 4)');
    expect(message).toContain('monitor.three: no such key (line 6)');
  });

  test('variables become numbers where a number is wanted', () => {
    const yaml = `${simulated}local_chat:\n  port: \${PORT}\n`;
    expect(parse(yaml, { PORT: '9000' }).local_chat.port).toBe(9_000);
  });
});

describe('an address without TLS', () => {
  const keys = { api_key: 'k', api_secret: 's' };
  const given = (key: string, url: string) =>
    JSON.stringify({ exchange: 'bitfinex', chat: 'local', bitfinex: { ...keys, [key]: url } });
  const said = (key: string, url: string) => problem(given(key, url));

  test.each(['api.bitfinex.com', '8.8.8.8', '10.evil.example', '172.32.0.1', '[2001:db8::1]'])(
    'is refused where others could listen: %s',
    (host) => {
      expect(said('rest_url', `http://${host}/`)).toContain(
        'bitfinex.rest_url: expected an https URL',
      );
      expect(said('ws_url', `ws://${host}/ws/2`)).toContain('bitfinex.ws_url: expected a wss URL');
      expect(parse(given('rest_url', `https://${host}/`)).bitfinex).toBeDefined();
    },
  );

  test.each([
    '127.0.0.1:8788',
    'localhost',
    '10.1.2.3',
    '172.20.0.1',
    '[::1]:1',
    'bot-api',
    'a.local',
  ])('is taken for a machine of one’s own: %s', (host) => {
    expect(parse(given('rest_url', `http://${host}/`)).bitfinex).toBeDefined();
    expect(parse(given('ws_url', `ws://${host}/`)).bitfinex).toBeDefined();
  });

  test('is told from what is no address at all', () => {
    expect(said('rest_url', 'ftp://a.example')).toContain('expected an http or https URL');
    expect(said('rest_url', 'nothing')).toContain('expected an http or https URL');
  });
});

describe('the demo', () => {
  test('starts with dry run off and asks before it closes', () => {
    const { balancer, exchange, chat } = demoConfig({}, 'somewhere');
    expect([exchange, chat]).toEqual(['simulator', 'local']);
    expect(balancer.liquidation).toMatchObject({ dry_run: false, require_confirmation: true });
  });

  test('names a wrong variable', () => {
    expect(() => demoConfig({ DEMO_POSITIONS: 'many' }, 'x')).toThrow('DEMO_POSITIONS');
    expect(() => demoConfig({ DEMO_SCENARIO: 'boom' }, 'x')).toThrow(
      'DEMO_SCENARIO: expected one of calm, slide, crash, squeeze, whipsaw, was "boom"',
    );
  });

  test('names all wrong variables at once, with what was expected', () => {
    const wrong = { DEMO_SPEED: '0', DEMO_CHAT_PORT: '70000', DEMO_SEED: '1.5' };
    const said = (() => {
      try {
        return demoConfig(wrong, 'x');
      } catch (error) {
        return String(error);
      }
    })();
    expect(said).toContain('DEMO_SPEED: expected above 0, was "0"');
    expect(said).toContain('DEMO_CHAT_PORT: expected at most 65535, was "70000"');
    expect(said).toContain('DEMO_SEED: expected a whole number, was "1.5"');
  });
});
