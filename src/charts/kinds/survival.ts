/** Lines of named series over a number, in percent: what a replay reports over leverage. */
import { short } from '../plot/figures.ts';
import { baseOption, type Frame, HEIGHT, type Picture, WIDTH } from '../plot/frame.ts';
import { lineSeries } from '../plot/line.ts';
import { LAYER, nothingMark, unitMarks } from '../plot/marks.ts';
import { lineColour, paletteOf } from '../plot/palette.ts';
import { lastKnown } from '../plot/points.ts';
import { sideLabels, sideRoom } from '../plot/side-labels.ts';
import { widthOf } from '../plot/text.ts';
import { extent, valueAxis } from '../plot/value-axis.ts';
import { CHART_MARKS, type SurvivalSpec } from '../spec.ts';

const RIGHT_MAX_PX = 290;
const LEFT_PX = 84;
const TOP_PX = 62;
const BOTTOM_PX = 52;
/** Room between two figures of the x axis. */
const TICK_GAP_PX = 9;
const SOLID = 4;

export function survivalPicture(spec: SurvivalSpec): Picture {
  const lines = spec.lines.map(({ label, points }, nth) => ({
    label,
    nth,
    points: points.map(([at, value]) => ({ at, value })).sort((a, b) => a.at - b.at),
  }));
  const frame = frameOf(
    spec,
    lines.flatMap(({ points }) => points.map(({ at }) => at)),
  );
  const { palette } = frame;
  const labels = lines.flatMap(({ label, points, nth }) => {
    const last = lastKnown(points);
    if (!last) return [];
    const colour = lineColour(palette, nth);
    return [{ name: label, figure: last.value.toFixed(0), value: last.value, colour }];
  });
  const option = {
    ...baseOption(frame),
    series: lines.map(({ points, nth }) => {
      const dash = nth >= SOLID ? { dash: [10, 6] } : {};
      const style = { colour: lineColour(palette, nth), width: 4.5, z: LAYER.line, ...dash };
      return { ...lineSeries(points, frame.y, style), symbol: 'circle', symbolSize: 12 };
    }),
    graphic: {
      elements: [
        ...sideLabels(frame, labels),
        ...unitMarks(frame, '%'),
        ...(labels.length > 0 ? [] : [nothingMark(frame, CHART_MARKS.nothing)]),
      ],
    },
  };
  return { width: frame.width, height: frame.height, option };
}

function frameOf(spec: SurvivalSpec, places: readonly number[]): Frame {
  const texts = spec.lines.map(({ label }) => `${label} 100`);
  const right = WIDTH - sideRoom(texts, RIGHT_MAX_PX);
  const [min, max] = spanOf(places);
  const pxPerUnit = (right - LEFT_PX) / (max - min);
  return {
    palette: paletteOf(spec.theme),
    width: WIDTH,
    height: HEIGHT,
    left: LEFT_PX,
    top: TOP_PX,
    right,
    bottom: HEIGHT - BOTTOM_PX,
    x: { min, max, ticks: ticksAt(places, pxPerUnit, spec.xUnit) },
    y: valueAxis([], { floor: 0, ceiling: 100 }),
  };
}

function spanOf(places: readonly number[]): [number, number] {
  const [min, max] = extent(places) ?? [0, 1];
  return max > min ? [min, max] : [min - 1, max + 1];
}

/** Marks stand where something was measured, as far as their figures leave each other room. */
function ticksAt(places: readonly number[], pxPerUnit: number, unit: string) {
  const rising = [...new Set(places)].sort((a, b) => a - b);
  const ticks: { at: number; text: string }[] = [];
  for (const at of rising) {
    const text = `${short(at)}${unit}`;
    const before = ticks.at(-1);
    const needed = (widthOf(text) + widthOf(before?.text ?? '')) / 2 + TICK_GAP_PX;
    if (!before || (at - before.at) * pxPerUnit >= needed) ticks.push({ at, text });
  }
  return ticks;
}
