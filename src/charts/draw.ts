/**
 * From a specification to a PNG, in this process. Loading this file costs some 95 MB of memory, so
 * the service never does: it asks the drawing process. Scripts and tests may.
 */
import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import { BarChart, LineChart } from 'echarts/charts';
import { GraphicComponent, GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { z } from 'zod';
import { ChartSpecError } from './errors.ts';
import { collateralPicture } from './kinds/collateral.ts';
import { equityPicture } from './kinds/equity.ts';
import { marginPicture } from './kinds/margin.ts';
import { positionsPicture } from './kinds/positions.ts';
import { pricePicture } from './kinds/price.ts';
import { survivalPicture } from './kinds/survival.ts';
import { DENSITY, type Picture } from './plot/frame.ts';
import { FONT } from './plot/text.ts';
import { type ChartSpec, chartSpecSchema } from './spec.ts';

use([LineChart, BarChart, GridComponent, GraphicComponent, SVGRenderer]);

/** Fonts come from a package, not from the machine: the same picture everywhere. */
const resolve = createRequire(import.meta.url).resolve;
const FONT_FILES = ['DejaVuSansCondensed.ttf', 'DejaVuSansCondensed-Bold.ttf'].map((name) =>
  resolve(`dejavu-fonts-ttf/ttf/${name}`),
);

/**
 * Draws one picture, twice as many pixels as CSS pixels each way. The same specification gives the
 * same bytes.
 * @throws ChartSpecError when the specification has another form, such as a NaN.
 */
export function drawPng(spec: ChartSpec): Uint8Array {
  return pixelsOf(spec).asPng();
}

/** The same picture as raw RGBA, row by row: for tests. */
export function drawPixels(spec: ChartSpec): Pixels {
  const image = pixelsOf(spec);
  return { width: image.width, height: image.height, rgba: image.pixels };
}

export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

function pixelsOf(spec: ChartSpec) {
  const svg = svgOf(pictureOf(parsed(spec)));
  const font = { loadSystemFonts: false, fontFiles: FONT_FILES, defaultFontFamily: FONT };
  return new Resvg(svg, { fitTo: { mode: 'zoom', value: DENSITY }, font }).render();
}

function parsed(spec: ChartSpec): ChartSpec {
  const result = chartSpecSchema.safeParse(spec);
  if (result.success) return result.data;
  throw new ChartSpecError(`expected a chart specification: ${z.prettifyError(result.error)}`);
}

function pictureOf(spec: ChartSpec): Picture {
  switch (spec.kind) {
    case 'margin':
      return marginPicture(spec);
    case 'equity':
      return equityPicture(spec);
    case 'collateral':
      return collateralPicture(spec);
    case 'price':
      return pricePicture(spec);
    case 'survival':
      return survivalPicture(spec);
    case 'positions':
      return positionsPicture(spec);
  }
}

function svgOf({ width, height, option }: Picture): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(option);
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
