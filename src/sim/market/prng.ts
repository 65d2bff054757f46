/**
 * Seeded randomness for everything simulated: the same seed gives the same market and the same
 * book.
 */

const UINT32 = 4_294_967_296;
const WARM_UP_STEPS = 12;
/** Entries of the table of fat-tailed draws: the outermost ones lie near eight deviations. */
const DRAWS = 16_384;

/** sfc32: small, fast, with a period far beyond any simulation. Not for secrets. */
export class Prng {
  readonly #seed: number;
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number, stream = 'root') {
    this.#seed = seed;
    const label = hashOf(stream);
    this.#a = Math.trunc(seed) | 0;
    this.#b = Math.trunc(seed / UINT32) ^ 0x9e3779b9;
    this.#c = label | 0;
    for (let i = 0; i < WARM_UP_STEPS; i += 1) this.next();
  }

  /** Uniform in [0, 1). */
  next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (this.#c << 21) | (this.#c >>> 11);
    this.#c = (this.#c + sum) | 0;
    return (sum >>> 0) / UINT32;
  }

  /** An independent stream of the same seed: using one more number here changes nothing there. */
  stream(name: string): Prng {
    return new Prng(this.#seed, name);
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** Student's t with 4 degrees of freedom, scaled to variance 1: fat tails by one look-up. */
  fatTailed(): number {
    return FAT_TAILED[(this.next() * DRAWS) | 0] ?? 0;
  }

  /** Roughly normal with variance 1: twelve uniforms. For things drawn rarely. */
  normal(): number {
    let sum = -6;
    for (let i = 0; i < 12; i += 1) sum += this.next();
    return sum;
  }
}

const FAT_TAILED = fatTailedDraws();

/** Quantiles of Student's t with 4 degrees of freedom, which have a closed form. */
function fatTailedDraws(): Float64Array {
  const draws = Float64Array.from({ length: DRAWS }, (_, i) => {
    const p = (i + 0.5) / DRAWS;
    const root = Math.sqrt(4 * p * (1 - p));
    return Math.sign(p - 0.5) * Math.sqrt(Math.cos(Math.acos(root) / 3) / root - 1);
  });
  const deviation = Math.sqrt(draws.reduce((sum, x) => sum + x * x, 0) / DRAWS);
  return draws.map((x) => x / deviation);
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}
