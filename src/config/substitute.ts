import { shownPath, shownVariable } from './shown.ts';

/** Variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface Substituted {
  readonly value: unknown;
  /** Sentences about variables that are not set, with the key that needs each. */
  readonly missing: readonly string[];
  /** Paths, joined by dots, of values that came from the environment. */
  readonly replaced: ReadonlySet<string>;
}

type Path = readonly PropertyKey[];

const WHOLE = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/;
const PART = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/**
 * Replaces `${NAME}` in every text of a parsed document. A value that is nothing but one variable
 * and reads as a number or a boolean becomes one, so that `port: ${PORT}` works.
 */
export function substitute(document: unknown, environment: Environment): Substituted {
  const missing: string[] = [];
  const replaced = new Set<string>();

  function replace(value: unknown, path: Path): unknown {
    if (typeof value === 'string') return replaceText(value, path);
    if (Array.isArray(value)) return value.map((item, i) => replace(item, [...path, i]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, replace(item, [...path, key])]),
    );
  }

  function replaceText(text: string, path: Path): unknown {
    const found = text.replace(PART, (_, name: string) => {
      replaced.add(path.join('.'));
      const set = environment[name];
      if (set !== undefined && set !== '') return set;
      const variable = shownVariable(name);
      missing.push(
        `${shownPath(path)}: expected the environment variable ${variable} to be set, was missing`,
      );
      return '';
    });
    const isSecret = /(key|secret|token)$/.test(String(path.at(-1)));
    return WHOLE.test(text) && !isSecret ? asScalar(found) : found;
  }

  return { value: replace(document, []), missing, replaced };
}

function asScalar(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
