import { BallastError } from './errors.ts';

declare const symbolBrand: unique symbol;
/** A venue's name of a perpetual, such as `tBTCF0:USTF0`. */
export type PerpSymbol = string & { readonly [symbolBrand]: true };

const PATTERN = /^t([A-Z0-9]{1,40})F0:([A-Z0-9]{1,20})$/;

/**
 * Accepts a perpetual's full symbol only; the quote currency is part of the name, because
 * BTCF0:USTF0 and BTCF0:EUTF0 are different contracts.
 * @throws BallastError when the text has another form.
 */
export function parseSymbol(text: string): PerpSymbol {
  if (!isSymbol(text)) {
    throw new BallastError(
      `expected a symbol like tBTCF0:USTF0, was ${JSON.stringify(text.slice(0, 40))}`,
    );
  }
  return text;
}

/** `tTESTBTCF0:TESTUSDTF0` and the like count too: paper accounts have the quote TESTUSDTF0. */
export function isSymbol(text: string): text is PerpSymbol {
  return PATTERN.test(text);
}

/** `tBTCF0:USTF0` → `BTC`. */
export function baseOf(symbol: PerpSymbol): string {
  return PATTERN.exec(symbol)?.[1] ?? symbol;
}

/** `tBTCF0:USTF0` → `USTF0`, the currency of the derivatives wallet. */
export function quoteOf(symbol: PerpSymbol): string {
  return PATTERN.exec(symbol)?.[2] ?? symbol;
}

/**
 * Finds the symbol a person means: `btc`, `BTC`, `BTCF0:USTF0` or the full symbol.
 * Returns undefined when none or more than one of the candidates fits.
 */
export function matchSymbol(
  input: string,
  candidates: Iterable<PerpSymbol>,
): PerpSymbol | undefined {
  const wanted = input.trim().toUpperCase();
  const found = [...candidates].filter((symbol) => {
    const full = symbol.toUpperCase();
    return full === wanted || full.slice(1) === wanted || baseOf(symbol) === wanted;
  });
  return found.length === 1 ? found[0] : undefined;
}
