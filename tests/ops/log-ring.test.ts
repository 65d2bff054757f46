import { expect, test } from 'vitest';
import { LogRing } from '../../src/ops/log-ring.ts';
import { createLogger } from '../../src/ops/logger.ts';

test('the newest lines come oldest first, and the oldest are forgotten', () => {
  const ring = new LogRing();
  for (let i = 0; i < 600; i += 1) ring.push(`line ${i}\n`);
  expect(ring.last(2)).toEqual(['line 598', 'line 599']);
  expect(ring.last(10_000)).toHaveLength(500);
  expect(ring.last(0)).toEqual([]);
});

test('the ring is given what is written: redacted, and cut when endless', () => {
  const ring = new LogRing();
  const secrets = ['canary-secret'];
  const stream = { write: () => undefined };
  const onLine = (line: string) => ring.push(line);
  const log = createLogger({ level: 'info', secrets, stream, onLine });
  log.info({ key: 'canary-secret', long: 'x'.repeat(10_000) }, 'hello');
  const [line = ''] = ring.last(1);
  expect(line).not.toContain('canary-secret');
  expect(line.length).toBe(2_000);
});
