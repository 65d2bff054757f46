/** Looking at finished pictures: positions are CSS pixels, two picture pixels each. */
import { drawPixels, type Pixels } from '../../src/charts/draw.ts';
import type { ChartSpec } from '../../src/charts/spec.ts';

const DENSITY = 2;

export type Colour = readonly [number, number, number];

export function hex(colour: string): Colour {
  const part = (at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}

export function at(pixels: Pixels, x: number, y: number): Colour {
  const start = (Math.round(y * DENSITY) * pixels.width + Math.round(x * DENSITY)) * 4;
  return [pixels.rgba[start] ?? -1, pixels.rgba[start + 1] ?? -1, pixels.rgba[start + 2] ?? -1];
}

export function isNear(a: Colour, b: Colour, tolerance = 12): boolean {
  return a.every((value, i) => Math.abs(value - (b[i] ?? 0)) <= tolerance);
}

/** CSS heights in a column at which a colour is seen. */
export function rowsOf(pixels: Pixels, x: number, colour: string): number[] {
  const rows = Array.from({ length: pixels.height / DENSITY }, (_, y) => y);
  return rows.filter((y) => isNear(at(pixels, x, y), hex(colour)));
}

/** How many pixels have about this colour, within a span of columns. */
export function countOf(pixels: Pixels, colour: string, from = 0, to = pixels.width / DENSITY) {
  let count = 0;
  for (let y = 0; y < pixels.height / DENSITY; y += 1) {
    for (let x = from; x < to; x += 1) {
      if (isNear(at(pixels, x, y), hex(colour))) count += 1;
    }
  }
  return count;
}

/** Pixels that differ by more than the tolerance between two pictures of one size. */
export function differing(a: Pixels, b: Pixels, tolerance = 12): number {
  let count = 0;
  for (let i = 0; i < a.rgba.length; i += 4) {
    const near = [0, 1, 2].every(
      (part) => Math.abs((a.rgba[i + part] ?? 0) - (b.rgba[i + part] ?? 0)) <= tolerance,
    );
    if (!near) count += 1;
  }
  return count;
}

export const pixelsOf = (spec: ChartSpec): Pixels => drawPixels(spec);
