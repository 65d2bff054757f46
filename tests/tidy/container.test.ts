/** The container's recipe: what it may be and what it must not need. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './sources.ts';

const read = (name: string) => readFileSync(join(ROOT, name), 'utf8');
const lines = read('Dockerfile')
  .replace(/\\\n\s*/g, ' ')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
const running = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
const of = (instruction: string) =>
  running
    .filter((line) => line.startsWith(`${instruction} `))
    .map((line) => line.slice(instruction.length + 1));

test('the service does not run as root', () => {
  expect(of('USER')).toEqual(['node']);
  const user = running.indexOf('USER node');
  expect(running.slice(user).filter((line) => /^(RUN|COPY|ADD) /.test(line))).toEqual([]);
});

test('what runs belongs to root, so that the service cannot change itself', () => {
  expect(of('COPY').length).toBeGreaterThan(0);
  for (const copied of of('COPY')) expect(copied).toContain('--chown=root:root');
  expect(of('RUN')).toEqual(['install -d -o node -g node -m 0700 /app/data']);
});

test('only the data folder is written, so that the root file system can be read-only', () => {
  expect(of('VOLUME')).toEqual(['/app/data']);
  const main = JSON.parse(of('ENTRYPOINT')[0] ?? '') as string[];
  expect(main.filter((argument) => /tmp|cache|report|prof/.test(argument))).toEqual([]);
});

test('nothing is started by a shell', () => {
  for (const [command = ''] of [of('ENTRYPOINT'), of('CMD')])
    expect(() => JSON.parse(command)).not.toThrow();
  expect(of('HEALTHCHECK')[0]).toMatch(/ CMD \["node", /);
  expect(of('STOPSIGNAL')).toEqual(['SIGTERM']);
});

test('no secret and no data can get into the image', () => {
  expect(lines.filter((line) => /^(ARG|ADD) /.test(line))).toEqual([]);
  expect(lines.filter((line) => /^ENV .*(KEY|SECRET|TOKEN)/.test(line))).toEqual([]);
  const copied = lines.filter((line) => /^COPY (?!--from)/.test(line));
  expect(copied).toEqual([
    'COPY package.json package-lock.json tsconfig.json ./',
    'COPY src ./src',
  ]);
  const left = read('.dockerignore').split('\n');
  for (const name of ['data', 'node_modules', '.git']) expect(left).toContain(name);
});
