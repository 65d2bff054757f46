import { describe, expect, test } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { createLogger } from '../../src/ops/logger.ts';

const TOKEN = '123456789:CANARY-abcdefghijklmnopqrstuvwxyz0123';

function captured() {
  const lines: string[] = [];
  const log = createLogger({
    level: 'debug',
    secrets: ['CANARY-secret'],
    stream: { write: (line) => lines.push(line) },
  });
  return { log, text: () => lines.join('') };
}

describe('the log', () => {
  test('never shows a secret, wherever it hides', () => {
    const { log, text } = captured();
    const error = Object.assign(new Error(`GET /bot${TOKEN}/getMe failed`), { code: 'ECONN' });
    log.info({ key: 'CANARY-secret', nested: { deep: ['CANARY-secret'] } }, 'CANARY-secret');
    log.error({ error, reason: error, url: `https://x/bot${TOKEN}/y` }, 'failed');
    log.child({ part: 'CANARY-secret' }).warn({ secret: new Secret('CANARY-other') }, 'x');
    expect(text()).not.toContain('CANARY');
    expect(text()).toContain('[secret]');
    expect(text()).toContain('ECONN');
  });

  test('leaves out what is below its level', () => {
    const lines: string[] = [];
    const stream = { write: (line: string) => lines.push(line) };
    const log = createLogger({ level: 'warn', secrets: [], stream });
    log.info({}, 'quiet');
    log.warn({}, 'loud');
    expect(lines).toHaveLength(1);
  });
});
