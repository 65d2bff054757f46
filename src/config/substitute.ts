/** Variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

const WHOLE = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/;
const PART = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/**
 * Replaces `${NAME}` in every text of a parsed document. A value that is nothing but one variable
 * and reads as a number or a boolean becomes one, so that `port: ${PORT}` works.
 * Names of missing variables are added to `missing` together with their key path.
 */
export function substitute(
  value: unknown,
  environment: Environment,
  missing: string[],
  path = '',
): unknown {
  if (typeof value === 'string') return substituteText(value, environment, missing, path);
  if (Array.isArray(value)) {
    return value.map((item, i) => substitute(item, environment, missing, `${path}.${i}`));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const inner = path === '' ? key : `${path}.${key}`;
      return [key, substitute(item, environment, missing, inner)];
    }),
  );
}

function substituteText(
  text: string,
  environment: Environment,
  missing: string[],
  path: string,
): unknown {
  const replaced = text.replace(PART, (_, name: string) => {
    const found = environment[name];
    if (found === undefined || found === '') {
      missing.push(`${path}: expected the environment variable ${name} to be set, was missing`);
      return '';
    }
    return found;
  });
  const isSecret = /(key|secret|token)$/.test(path);
  return WHOLE.test(text) && !isSecret ? asScalar(replaced) : replaced;
}

function asScalar(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
