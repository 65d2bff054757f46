/** Reads the configuration file: YAML, then `${ENV_VAR}` substitution, then the schema. */
import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { BallastError, messageOf } from '../core/errors.ts';
import { type Config, configSchema } from './schema.ts';
import { type Environment, substitute } from './substitute.ts';

/** One readable message that names the key, what was expected and what it was. */
export class ConfigError extends BallastError {}

const SECRET_KEY = /(api_key|api_secret|bot_token)$/;
const SIZE_MAX_BYTES = 1_000_000;

/** @throws ConfigError */
export function loadConfig(path: string, environment: Environment): Config {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError(`cannot read the configuration file ${path}: ${messageOf(error)}`);
  }
  if (text.length > SIZE_MAX_BYTES) {
    throw new ConfigError(`expected ${path} to be smaller than 1 MB, was ${text.length} bytes`);
  }
  return parseConfig(text, path, environment);
}

/** @throws ConfigError */
export function parseConfig(text: string, name: string, environment: Environment): Config {
  const document = parseDocument(text, { uniqueKeys: true, prettyErrors: true });
  const fault = document.errors[0];
  if (fault) {
    // Only the place: the text around it could hold a secret.
    const line = fault.linePos?.[0].line ?? '?';
    throw new ConfigError(`${name}, line ${line}: not readable as YAML (${fault.code})`);
  }
  const raw: unknown = document.toJS({ maxAliasCount: 50 }) ?? {};
  const missing: string[] = [];
  const values = substitute(raw, environment, missing);
  if (missing.length > 0) throw new ConfigError(`${name}: ${missing.join('; ')}`);
  const parsed = configSchema.safeParse(values);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => describe(issue, values));
  throw new ConfigError([`${name} has ${problems.length} wrong value(s):`, ...problems].join('\n'));
}

function describe(issue: z.core.$ZodIssue, values: unknown): string {
  const key = issue.path.join('.') || '(whole file)';
  if (issue.code === 'unrecognized_keys') {
    return `  ${key === '(whole file)' ? '' : `${key}.`}${issue.keys.join(', ')}: no such key`;
  }
  const value = valueAt(values, issue.path);
  const was = SECRET_KEY.test(key) ? (value === undefined ? 'missing' : 'hidden') : show(value);
  return `  ${key}: expected ${expectation(issue)}, was ${was}`;
}

/** Zod says what was received as well; that part is ours to say, so that no secret slips out. */
function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `a ${issue.expected}`;
    case 'too_small':
      return `${issue.inclusive ? 'at least' : 'above'} ${issue.minimum}`;
    case 'too_big':
      return `${issue.inclusive ? 'at most' : 'below'} ${issue.maximum}`;
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    default:
      return issue.message;
  }
}

function valueAt(values: unknown, path: readonly PropertyKey[]): unknown {
  let value = values;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
}

function show(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
