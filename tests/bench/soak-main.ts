/** `npm run soak [-- --hours 24] [--minutes 10] [--seed 1]`: one JSON line per figure. */
import { parseArgs } from 'node:util';
import { print } from './figure.ts';
import { soak } from './soak.ts';

const SHOWN_MAX = 20;

const { values } = parseArgs({
  options: {
    hours: { type: 'string', default: '24' },
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
  },
});
const options = {
  hours: positive('--hours', values.hours),
  minutes: positive('--minutes', values.minutes),
  seed: positive('--seed', values.seed),
};

const { figures, violations } = await soak(options);
for (const figure of figures) print(figure);
for (const violation of violations.slice(0, SHOWN_MAX)) {
  process.stdout.write(`${JSON.stringify({ violation })}\n`);
}
const missed = figures.filter(({ value, goal }) => goal !== '' && !isReached(value, goal));
const passed = figures.filter(({ goal }) => goal !== '').length - missed.length;
process.stdout.write(`${passed} passed, ${missed.length} failed\n`);
process.exitCode = missed.length === 0 ? 0 : 1;

function isReached(value: number, goal: string): boolean {
  return goal.startsWith('<') ? value < Number(goal.slice(1)) : value === Number(goal);
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (value > 0) return value;
  throw new Error(`expected ${name} above 0, was ${text}`);
}
