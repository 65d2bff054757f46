/**
 * What of a configuration may be repeated in a message. A secret can stand anywhere: under the
 * wrong key, as a key, as the name of a variable. So only what cannot be one is shown, and of all
 * else its kind and length.
 */
const WORD = /^[a-z_]{1,12}$/;
const AMOUNT = /^-?\d{1,7}(\.\d{1,6})?[a-z%]{0,3}$/;
const SETTING = /^[a-z][a-z_]{0,29}$/;
const SYMBOL = /^t?[A-Z0-9]{1,10}(F0)?([:/-][A-Z0-9]{1,10})?$/;
/** Words in capitals; digits only where a word ends. */
const VARIABLE = /^[A-Za-z]+\d{0,2}(_[A-Za-z]*\d{0,2})*$/;
const VARIABLE_LENGTH_MAX = 32;

export function shownValue(value: unknown): string {
  switch (typeof value) {
    case 'undefined':
      return 'missing';
    case 'boolean':
      return String(value);
    case 'number':
      return AMOUNT.test(String(value)) ? String(value) : 'another number';
    case 'string':
      if (value === '') return 'an empty text';
      if (WORD.test(value) || AMOUNT.test(value)) return JSON.stringify(value);
      return `a text of ${value.length} characters`;
    default:
      if (value === null) return 'empty';
      return Array.isArray(value) ? 'a list' : 'a section with keys';
  }
}

export function shownKey(key: PropertyKey): string {
  const name = String(key);
  if (typeof key === 'number' || SETTING.test(name) || SYMBOL.test(name)) return name;
  return `(a key of ${name.length} characters)`;
}

export function shownPath(path: readonly PropertyKey[]): string {
  return path.length === 0 ? '(whole file)' : path.map(shownKey).join('.');
}

export function shownVariable(name: string): string {
  const isName = VARIABLE.test(name) && name.length <= VARIABLE_LENGTH_MAX && !isMixed(name);
  return isName ? name : `(a name of ${name.length} characters)`;
}

/** Capitals and small letters in turn: nobody names a variable so, but keys look like it. */
function isMixed(name: string): boolean {
  return /[a-z]/.test(name) && /[A-Z]/.test(name);
}
