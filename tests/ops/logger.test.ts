import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { createLogger, type LoggerOptions } from '../../src/ops/logger.ts';

const TOKEN = '123456789:CANARY-abcdefghijklmnopqrstuvwxyz0123';

function captured(options: Partial<LoggerOptions> = {}) {
  const lines: string[] = [];
  const log = createLogger({
    level: 'debug',
    secrets: ['CANARY-secret'],
    stream: { write: (line) => lines.push(line) },
    ...options,
  });
  return { log, lines, text: () => lines.join('') };
}

describe('the log', () => {
  test('never shows a secret, wherever it hides', () => {
    const { log, text } = captured();
    const cause = new Error(`CANARY-secret in ${TOKEN}`);
    const error = Object.assign(new Error(`GET /bot${TOKEN}/getMe failed`, { cause }), {
      code: 'ECONN',
    });
    log.info({ key: 'CANARY-secret', nested: { deep: ['CANARY-secret'] } }, 'CANARY-secret');
    log.error({ error, reason: error, url: `https://x/bot${TOKEN}/y` }, 'failed');
    log.error(error, 'bare');
    log.child({ part: 'CANARY-secret', error }).warn({ secret: new Secret('CANARY-other') }, 'x');
    expect(text()).not.toContain('CANARY');
    expect(text()).toContain('[secret]');
    expect(text()).toContain('ECONN');
  });

  test('knows a secret in the spelling of JSON and of URLs', () => {
    const secret = 'CANARY"\\/+é';
    const { log, text } = captured({ secrets: [secret] });
    log.info({ secret, url: `https://x/?key=${encodeURIComponent(secret)}` }, secret);
    expect(text()).not.toContain('CANARY');
    expect(JSON.parse(text())).toMatchObject({ secret: '[secret]', msg: '[secret]' });
  });

  test('tells an error by name, message, code, stack and cause, and by nothing else', () => {
    const { log, lines } = captured();
    const cause = Object.assign(new Error('no room'), { code: 'ENOSPC', path: '/private' });
    const error = Object.assign(new RangeError('broken', { cause }), { request: 'whole' });
    log.error({ why: { inner: [error] } }, 'failed');
    log.error(error, 'bare');
    const told = { name: 'RangeError', message: 'broken', cause: { code: 'ENOSPC' } };
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ why: { inner: [told] } });
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ err: told });
    expect(lines[0]).toContain('logger.test.ts');
    expect(lines.join('')).not.toMatch(/private|whole/);
  });

  test('survives a circle', () => {
    const { log, text } = captured();
    const circle: Record<string, unknown> = { name: 'round' };
    circle['self'] = circle;
    log.info({ circle }, 'x');
    expect(text()).toContain('round');
  });

  test('leaves out what is below its level, and refuses a level that is none', () => {
    const { log, lines } = captured({ level: 'warn' });
    log.info({}, 'quiet');
    log.warn({}, 'loud');
    expect(lines).toHaveLength(1);
    const level = 'chatty' as LoggerOptions['level'];
    expect(() => captured({ level })).toThrow('chatty');
  });

  test('is in its file at once, for its owner only', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ballast-test-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'logs/ballast.log');
    const log = createLogger({ level: 'info', secrets: [], file });
    log.info({ n: 1 }, 'here');
    expect(readFileSync(file, 'utf8')).toContain('"msg":"here"');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('that cannot be written does not stop the service', async () => {
    const log = createLogger({ level: 'info', secrets: [], file: '/dev/full' });
    for (let i = 0; i < 100; i += 1) log.info({ i }, 'x'.repeat(50_000));
    await new Promise((resolve) => setImmediate(resolve));
    log.info({}, 'still here');
  });
});
