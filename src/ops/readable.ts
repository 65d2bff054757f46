/** Deeper than any value that is logged on purpose; it also ends circles. */
const DEPTH_MAX = 8;
const STACK_LINES_MAX = 8;

/**
 * A copy of a value in which every error is told by name, message, code, stack and cause. Other
 * people's errors carry whole requests in further fields: those never come along.
 */
export function readable(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEPTH_MAX) return '[deeper]';
  if (value instanceof Error) return describe(value, depth);
  if ('toJSON' in value) return value;
  if (Array.isArray(value)) return value.map((item) => readable(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, readable(item, depth + 1)]),
  );
}

function describe(error: Error, depth: number): object {
  const { name, message, stack, cause } = error;
  return {
    name,
    message,
    ...('code' in error ? { code: String(error.code) } : {}),
    ...(stack === undefined ? {} : { stack: stack.split('\n').slice(1, STACK_LINES_MAX + 1) }),
    ...(cause === undefined ? {} : { cause: readable(cause, depth + 1) }),
  };
}
