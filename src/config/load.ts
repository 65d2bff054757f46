/** Reads the configuration file: YAML, then `${ENV_VAR}` substitution, then the schema. */
import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { messageOf } from '../core/errors.ts';
import { ConfigError } from './errors.ts';
import { expectation } from './problems.ts';
import { type Config, configSchema } from './schema.ts';
import { shownKey, shownPath, shownValue } from './shown.ts';
import { type Environment, substitute } from './substitute.ts';
import { readYaml, type YamlFile } from './yaml.ts';

const SECRET_KEY = /^(api_key|api_secret|bot_token)$/;
const LENGTH_MAX = 200_000;

/** @throws ConfigError */
export function loadConfig(path: string, environment: Environment): Config {
  return parseConfig(readText(path), path, environment);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new ConfigError(
      isMissing
        ? `expected a configuration file at ${path}, was missing: copy config/config.example.yaml` +
            ' there, or try `ballast demo`, which needs none'
        : `cannot read the configuration file ${path}: ${messageOf(error)}`,
    );
  }
}

/** @throws ConfigError */
export function parseConfig(text: string, name: string, environment: Environment): Config {
  if (text.length > LENGTH_MAX) {
    throw new ConfigError(`${name}: expected at most ${LENGTH_MAX} characters, was ${text.length}`);
  }
  const file = readYaml(text, name);
  const { value, missing, replaced } = substitute(file.value, environment);
  if (missing.length > 0) throw new ConfigError([`${name}:`, ...missing].join('\n  '));
  const parsed = configSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.flatMap((issue) => describe(issue, value, replaced, file));
  throw new ConfigError([`${name} has ${problems.length} wrong value(s):`, ...problems].join('\n'));
}

function describe(
  issue: z.core.$ZodIssue,
  values: unknown,
  replaced: ReadonlySet<string>,
  file: YamlFile,
): string[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const whole = [...path, key];
      return `  ${shownPath(whole)}: no such key${file.placeOf(whole)}`;
    });
  }
  const last = path.at(-1) ?? '';
  const value = valueAt(values, path);
  const isSecret = SECRET_KEY.test(String(last)) || replaced.has(path.join('.'));
  const isHidden = isSecret && value !== undefined;
  const shown = issue.code === 'invalid_key' ? shownKey(last) : shownValue(value);
  const was = isHidden ? 'hidden' : shown;
  return [`  ${shownPath(path)}: expected ${expectation(issue)}, was ${was}${file.placeOf(path)}`];
}

function valueAt(values: unknown, path: readonly PropertyKey[]): unknown {
  let value = values;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
}
