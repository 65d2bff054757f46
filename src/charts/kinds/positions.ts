/** Distance to liquidation of every position now, nearest first, as bars. */
import type { BarSeriesOption, EChartsOption } from 'echarts';
import { percent } from '../plot/figures.ts';
import { HEIGHT, type Picture, WIDTH } from '../plot/frame.ts';
import { type Mark, rectMark, textMark } from '../plot/marks.ts';
import { type Palette, paletteOf } from '../plot/palette.ts';
import { FONT, FONT_PX, fitted, widthOf } from '../plot/text.ts';
import { extent, type ValueAxis, valueAxis } from '../plot/value-axis.ts';
import { CHART_MARKS, type PositionsSpec } from '../spec.ts';

/** So many bars have a name and a figure; the others follow as a profile of thin ones. */
const NAMED = 24;
const ROW_PX = 38;
const ROW_MAX_PX = 64;
const THIN_PX = 2;
const TOP_PX = 20;
const BOTTOM_PX = 56;
const GAP_PX = 20;
const NAME_MAX_PX = 190;
const FIGURE_PX = 104;

type Position = PositionsSpec['positions'][number];

/** Where the bars stand, in CSS pixels. */
interface Room {
  readonly left: number;
  readonly right: number;
  readonly row: number;
  readonly namedBottom: number;
  readonly bottom: number;
  readonly height: number;
}

export function positionsPicture(spec: PositionsSpec): Picture {
  const palette = paletteOf(spec.theme);
  const positions = spec.positions.toSorted(nearestFirst);
  const named = positions.slice(0, NAMED);
  const thin = positions.slice(NAMED);
  const room = roomFor(named, thin.length);
  const axis = valueAxis([0, extent(positions.map(({ distancePct }) => distancePct))?.[1] ?? 1], {
    floor: 0,
  });
  const option: EChartsOption = {
    animation: false,
    backgroundColor: palette.paper,
    textStyle: { fontFamily: FONT, fontSize: FONT_PX },
    grid: [
      gridOf(room, TOP_PX, room.namedBottom),
      gridOf(room, thin.length > 0 ? room.namedBottom + GAP_PX : room.namedBottom, room.bottom),
    ],
    xAxis: [
      { ...xAxis(axis, palette), gridIndex: 0, axisLabel: { show: false } },
      { ...xAxis(axis, palette), gridIndex: 1 },
    ],
    yAxis: [namesAxis(named.length, 0), namesAxis(thin.length, 1)],
    series: [
      barsOf(named, palette, { axis: 0, width: Math.round(room.row * 0.62) }),
      barsOf(thin, palette, { axis: 1, width: THIN_PX }),
    ],
    graphic: { elements: marksOf(named, thin, room, axis, palette) },
  };
  return { width: WIDTH, height: room.height, option };
}

/** Nearest to liquidation first; unknown last, by name. */
function nearestFirst(a: Position, b: Position): number {
  const far = Number.POSITIVE_INFINITY;
  const [left, right] = [a.distancePct ?? far, b.distancePct ?? far];
  if (left !== right) return left < right ? -1 : 1;
  return a.label < b.label ? -1 : 1;
}

function roomFor(named: readonly Position[], thin: number): Room {
  const widest = Math.max(0, ...named.map(({ label }) => widthOf(label)));
  const free = HEIGHT - TOP_PX - BOTTOM_PX;
  const row = Math.min(ROW_MAX_PX, Math.max(ROW_PX, free / Math.max(1, named.length)));
  const namedBottom = TOP_PX + (named.length === 0 ? free : row * named.length);
  const bottom = thin === 0 ? namedBottom : namedBottom + GAP_PX + thin * THIN_PX;
  const left = Math.ceil(Math.min(NAME_MAX_PX, Math.max(80, widest + 30)));
  const right = WIDTH - FIGURE_PX;
  return { left, right, row, namedBottom, bottom, height: Math.ceil(bottom + BOTTOM_PX) };
}

function gridOf(room: Room, top: number, bottom: number) {
  const { left, right } = room;
  const size = { width: right - left, height: Math.max(0, bottom - top) };
  return { left, top, ...size, outerBoundsMode: 'none' as const };
}

function xAxis(axis: ValueAxis, palette: Palette) {
  return {
    type: 'value' as const,
    min: axis.min,
    max: axis.max,
    interval: axis.step,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: true, lineStyle: { color: palette.grid, width: 1.5 } },
    axisLabel: {
      color: palette.muted,
      fontSize: FONT_PX,
      fontFamily: FONT,
      margin: 14,
      formatter: (value: number) =>
        axis.texts[axis.ticks.findIndex((tick) => Math.abs(tick - value) < axis.step / 2)] ?? '',
    },
  };
}

function namesAxis(count: number, gridIndex: number) {
  return {
    type: 'category' as const,
    gridIndex,
    inverse: true,
    show: false,
    data: Array.from({ length: Math.max(1, count) }, (_, i) => String(i)),
  };
}

function barsOf(
  positions: readonly Position[],
  palette: Palette,
  place: { readonly axis: number; readonly width: number },
): BarSeriesOption {
  return {
    type: 'bar',
    xAxisIndex: place.axis,
    yAxisIndex: place.axis,
    barWidth: place.width,
    silent: true,
    data: positions.map(({ distancePct, danger }) => ({
      value: distancePct ?? '-',
      itemStyle: {
        color: palette[danger],
        borderRadius: [0, Math.min(8, place.width / 2), Math.min(8, place.width / 2), 0],
      },
    })),
  };
}

const DANGER_SIGNS = {
  calm: '',
  warning: CHART_MARKS.warning,
  critical: CHART_MARKS.emergency,
} as const;

function marksOf(
  named: readonly Position[],
  thin: readonly Position[],
  room: Room,
  axis: ValueAxis,
  palette: Palette,
): Mark[] {
  const rows = named.flatMap(({ label, distancePct, danger }, i) => {
    const y = TOP_PX + (i + 0.5) * room.row;
    const isKnown = distancePct !== null;
    const share = isKnown ? (distancePct - axis.min) / (axis.max - axis.min) : 0;
    const end = room.left + share * (room.right - room.left);
    const figure = isKnown ? percent(distancePct) : CHART_MARKS.unknown;
    const colour = danger === 'calm' ? palette.ink : palette[danger];
    const isBold = danger !== 'calm';
    const name = fitted(label, room.left - 24);
    const sign = DANGER_SIGNS[danger];
    return [
      textMark(name, room.left - 12, y, { colour, align: 'right', isBold }),
      textMark(`${figure}${sign && ` ${sign}`}`, end + 10, y, { colour, isBold }),
    ];
  });
  const start = { x: room.left - 2, y: TOP_PX, width: 2, height: room.bottom - TOP_PX };
  const unit = textMark('%', WIDTH - 16, room.bottom + 27, {
    colour: palette.muted,
    align: 'right',
  });
  const middle = (room.namedBottom + GAP_PX + room.bottom) / 2;
  const count = textMark(`+${thin.length}`, room.left - 12, middle, {
    colour: palette.muted,
    align: 'right',
  });
  const nothing = textMark(CHART_MARKS.nothing, (room.left + room.right) / 2, room.bottom / 2, {
    colour: palette.muted,
    align: 'center',
    fontPx: 88,
  });
  return [
    ...rows,
    rectMark(start, palette.axis),
    unit,
    ...(thin.length > 0 ? [count] : []),
    ...(named.length > 0 ? [] : [nothing]),
  ];
}
