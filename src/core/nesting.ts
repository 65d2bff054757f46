/**
 * How deep the brackets and dashes of a YAML text go at most. Its parser calls itself once per
 * level and takes the process with it far down, so this is asked first. Brackets inside quotes
 * count as well: nobody nests settings deep enough to notice.
 */
export function nestingOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const char of text) {
    if (char === '[' || char === '{') depth += 1;
    else if (char === ']' || char === '}') depth = Math.max(0, depth - 1);
    deepest = Math.max(deepest, depth);
  }
  for (const [dashes] of text.matchAll(/(?:[-?:][ \t]+){2,}/g)) {
    deepest = Math.max(deepest, dashes.split(/[ \t]+/).length - 1);
  }
  return deepest;
}
