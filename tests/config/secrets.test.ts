import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { demoConfig } from '../../src/config/demo.ts';
import { loadConfig, parseConfig } from '../../src/config/load.ts';

/** As exchanges and BotFather give them. */
const SECRETS = [
  'kT4vQm9ZsL2xB7nR5wYc8HdJ1gFpE6uAaXoVi3MzKqN',
  'f3a9c1d27b5e48069d1c3e5f7a9b2c4d',
  '2f4e6a8c0d1b3e5f7a9c2d4e6f8a0b1c9d7e5f3a',
  '7193456489:AAHk3jX9vQ2mZ8sLpR4tYwB6nC1dEfGhIjK',
  'JBSWY3DPEHPK3PXPJBSWY3DP',
  '*kT4vQm9ZsL2xB7nR5wYc8HdJ1gFpE6uAaXoVi3MzKqN',
  'kT4v: Qm9ZsL2xB7nR5wYc8HdJ1gFpE6uAaXoVi3MzKqN',
];
type Tree = { [key: string]: unknown };

/** Every key of the schema with a value that is taken. */
const whole = (): Tree => ({
  exchange: 'bitfinex',
  chat: 'telegram',
  bitfinex: {
    api_key: 'k',
    api_secret: 's',
    rest_url: 'https://a.example',
    public_rest_url: 'https://a.example',
    ws_url: 'wss://a.example',
    public_ws_url: 'wss://a.example',
    settle_currency: 'USTF0',
  },
  telegram: {
    bot_token: '123456789:abcdefghijklmnopqrstuvwxyz0123',
    owner_ids: [1],
    api_root: 'https://a.example',
  },
  simulator: { port: 1, seed: 1, scenario: 'calm', pace: 1, speed: 1, positions: 1 },
  local_chat: { port: 1 },
  storage: { dir: 'data', min_free_mb: 1 },
  logging: { level: 'info', file: 'x' },
  monitor: {
    poll_interval_sec: 60,
    volatility_update_hours: 1,
    volatility_lookback_days: 7,
    subscription: 'smart',
  },
  thresholds: {
    min_adjustment_usdt: 50,
    min_deviation_pct: 5,
    emergency_margin_rate: 2,
    price_spike_pct: 3,
    account_margin_rate_warning: 3,
  },
  emergency: { relative_trigger: 0.8 },
  risk_weights: { 'tBTCF0:USTF0': 1 },
  position_priority: { default: 50, 'tBTCF0:USTF0': 1 },
  liquidation: {
    enabled: true,
    require_confirmation: true,
    max_single_close_pct: 25,
    cooldown_seconds: 30,
    safety_margin_multiplier: 3,
    fall_minutes: 3,
    dry_run: true,
  },
  harvest: { mode: 'off', below_distance_pct: 5, cooldown_seconds: 5 },
  allocation: { mode: 'risk_weight', reserve_usdt: 0 },
  approvals: { four_eyes_notional_usdt: 0 },
});

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every key of the document, sections and leaves: the section that holds it, and its name. */
function keysOf(tree: Tree): (readonly [Tree, string])[] {
  return Object.entries(tree).flatMap(([key, value]) => [
    [tree, key] as const,
    ...(isTree(value) ? keysOf(value) : []),
  ]);
}

/** What goes wrong, in words; nothing when the text is accepted. */
function said(text: string, environment: Record<string, string> = {}): string {
  try {
    parseConfig(text, 'config.yaml', environment);
    return '';
  } catch (error) {
    return `${String(error)} ${JSON.stringify(error)} ${error instanceof Error ? error.stack : ''}`;
  }
}

function expectSilence(message: string, secret: string): void {
  // Neither the secret nor a telling part of it.
  const parts = Array.from({ length: secret.length - 7 }, (_, i) => secret.slice(i, i + 8));
  if (parts.some((part) => message.includes(part))) expect(message).not.toContain(secret);
  expect(parts.find((part) => message.includes(part))).toBeUndefined();
}

/** Documents in which one key was spoilt. */
function* spoilt(change: (section: Tree, key: string) => void): Generator<string> {
  const { length } = keysOf(whole());
  for (let i = 0; i < length; i += 1) {
    const tree = whole();
    const place = keysOf(tree)[i];
    if (place) change(...place);
    yield stringify(tree);
  }
}

test('the whole document is accepted', () => {
  expect(said(stringify(whole()))).toBe('');
});

describe.each(SECRETS.filter((_, i) => i % 3 === 0))('the secret %s', (secret) => {
  test('is not repeated wherever it stands as a value, in a list or in a section', () => {
    const changes: ((section: Tree, key: string) => void)[] = [
      (section, key) => {
        section[key] = secret;
      },
      (section, key) => {
        section[key] = [secret];
      },
      (section, key) => {
        section[key] = { inner: secret, [secret]: 1 };
      },
    ];
    for (const change of changes) {
      for (const text of spoilt(change)) expectSilence(said(text), secret);
    }
  });

  test('is not repeated wherever it stands as a key', () => {
    const rename = (section: Tree, key: string): void => {
      section[secret] = section[key];
      delete section[key];
    };
    const add = (section: Tree, key: string): void => {
      const value = section[key];
      if (isTree(value)) value[secret] = 1;
      else section[secret] = value;
    };
    for (const change of [rename, add]) {
      for (const text of spoilt(change)) expectSilence(said(text), secret);
    }
  });

  test('is not repeated when it comes from the environment, nor as the name of a variable', () => {
    const fromVariable = (section: Tree, key: string): void => {
      section[key] = `\${VALUE}`;
    };
    for (const text of spoilt(fromVariable)) expectSilence(said(text, { VALUE: secret }), secret);
    for (const text of spoilt(fromVariable)) {
      const message = said(text, { VALUE: '77123' });
      expect(message).not.toContain('77123');
    }
    const asName = (section: Tree, key: string): void => {
      section[key] = `\${${secret}}`;
    };
    for (const text of spoilt(asName)) expectSilence(said(text), secret);
  });
});

describe.each(SECRETS)('the secret %s', (secret) => {
  test('is not repeated by a text that is no YAML', () => {
    const texts = [
      secret,
      `- ${secret}`,
      `api_key: "${secret}`,
      `a: b: ${secret}`,
      `a: ${secret}\na: ${secret}`,
      `${secret}: 1\n${secret}: 2`,
      `a: *${secret}`,
      `a: &${secret} [*${secret}]`,
      `a: !${secret} 1`,
      `%${secret}\na: 1`,
      `a: @${secret}`,
      `a:\n\tb: ${secret}`,
      `a: [${secret}`,
      `? [${secret}]\n: 2`,
      `a: ${secret}\n b: ${secret}`,
      `a: 1\n---\n${secret}: 2`,
    ];
    for (const text of texts) {
      const message = said(text);
      expect(message).not.toBe('');
      expectSilence(message, secret);
    }
  });

  test('is not repeated by the demo', () => {
    for (const name of ['PORT', 'SEED', 'SCENARIO', 'SPEED', 'POSITIONS', 'CHAT_PORT']) {
      let message = '';
      try {
        demoConfig({ [`DEMO_${name}`]: secret }, 'x');
      } catch (error) {
        message = String(error);
      }
      expectSilence(message, secret);
    }
  });
});

test('a file that is missing is named, with what to do', () => {
  expect(() => loadConfig('config/nowhere.yaml', {})).toThrow(
    /config\/nowhere\.yaml, was missing: copy config\/config\.example\.yaml/,
  );
});
