/** Tests compared: one bar per test from 0 to 100 %, with its interval and its counts in words. */
import { scaleLinear, type ScaleLinear } from 'd3';
import { OUTCOMES } from '../../data-build/contract/vocabulary.ts';
import { translate } from '../i18n/translate.ts';
import { formatPercent } from '../view/format.ts';
import type { BarsChart, RateBar } from '../view/rate-bars.ts';
import { layoutLegendRows } from './legend.ts';
import { outcomeLook } from './outcomes.ts';
import { round } from './round.ts';
import type { Scene, SceneNode } from './scene.ts';
import { isNarrow, LABEL_SIZE, type ChartSize } from './size.ts';
import { fitText, textWidth } from './text-width.ts';

interface Rows {
  readonly left: number;
  readonly right: number;
  /** Height of a row, and of a group's name. */
  readonly row: number;
  readonly group: number;
  /** Top of the bar inside its row; bars are 12 high. */
  readonly bar: number;
  readonly x: ScaleLinear<number, number>;
  readonly narrow: boolean;
  readonly width: number;
}

const BAR_HEIGHT = 12;
const AXIS_HEIGHT = 22;

export function layoutTests(view: BarsChart, size: ChartSize): Scene {
  const { groups } = view;
  const narrow = isNarrow(size);
  const left = narrow ? 2 : 216;
  const words = groups.flatMap((group) => group.tests.map((entry) => valueOf(entry)));
  const longest = Math.max(...words.map((text) => textWidth(text, LABEL_SIZE)), 0);
  const right = narrow ? size.width - 12 : size.width - Math.max(168, Math.ceil(longest) + 12);
  const rows: Rows = {
    left,
    right,
    row: narrow ? 40 : 24,
    group: narrow ? 26 : 30,
    bar: narrow ? 20 : 6,
    x: scaleLinear([0, 1], [left, right]),
    narrow,
    width: size.width,
  };
  const legend = layoutLegendRows(
    [
      {
        key: 'confirmed',
        label: OUTCOMES.confirmed.label,
        ...outcomeLook('confirmed'),
        series: true,
      },
      { key: 'anomaly', label: OUTCOMES.anomaly.label, ...outcomeLook('anomaly'), series: true },
      {
        key: 'interval',
        label: translate('chart.rate.band'),
        class: 'interval-ends',
        shape: 'line',
      },
    ],
    { x: 0, top: 2, width: size.width },
  );
  const top = legend.height + 24;
  let y = top;
  const body: SceneNode[] = [];
  for (const group of groups) {
    body.push({
      type: 'text',
      key: `group ${group.group}`,
      class: 'group',
      x: 0,
      y: y + rows.group - 10,
      text: group.label,
    });
    y += rows.group;
    for (const entry of group.tests) {
      body.push(layoutRow(entry, y, rows));
      y += rows.row;
    }
  }
  return {
    width: size.width,
    height: round(y + 6),
    title: view.title,
    desc: view.desc,
    rows: groups.reduce((sum, { tests }) => sum + tests.length, 0),
    children: [
      legend.node,
      layoutAxis(rows, top, y),
      { type: 'g', key: 'rows', class: 'marks', children: body },
    ],
  };
}

function layoutAxis({ x, right, left }: Rows, top: number, bottom: number): SceneNode {
  return {
    type: 'g',
    key: 'axis',
    class: 'axis',
    children: [0, 0.5, 1].flatMap((value): SceneNode[] => {
      const at = round(x(value));
      return [
        { type: 'line', key: `grid ${value}`, class: 'grid', x1: at, y1: top, x2: at, y2: bottom },
        {
          type: 'text',
          key: `label ${value}`,
          x: at === left && left < AXIS_HEIGHT ? 0 : at,
          y: top - 6,
          text: formatPercent(value),
          ...(at === left && left < AXIS_HEIGHT
            ? {}
            : { anchor: at >= right && right > 300 && left < AXIS_HEIGHT ? 'end' : 'middle' }),
        },
      ];
    }),
  };
}

/** `24% · 1,654 of 6,858`, or why there is no rate. */
function valueOf({ rate, text }: RateBar): string {
  return rate.kind === 'rate' ? `${formatPercent(rate.rate)} · ${text}` : text;
}

function layoutRow(entry: RateBar, y: number, rows: Rows): SceneNode {
  const { narrow, left, right, width } = rows;
  const labelY = y + (narrow ? 14 : 16);
  const text = valueOf(entry);
  const labelWidth = narrow ? width - 150 : left - 24;
  return {
    type: 'g',
    key: entry.test_name,
    data: { test: entry.test_name },
    children: [
      {
        type: 'text',
        key: 'label',
        class: 'label',
        x: narrow ? 0 : left - 10,
        y: labelY,
        text: fitText(entry.label, labelWidth, LABEL_SIZE),
        anchor: narrow ? 'start' : 'end',
      },
      {
        type: 'text',
        key: 'value',
        class: entry.rate.kind === 'rate' ? 'label' : 'value',
        x: narrow ? width : right + 10,
        y: labelY,
        text,
        anchor: narrow ? 'end' : 'start',
      },
      ...layoutBar(entry, round(y + rows.bar), rows),
    ],
  };
}

function layoutBar(entry: RateBar, y: number, { x, left, right }: Rows): readonly SceneNode[] {
  const track = {
    type: 'rect',
    key: 'track',
    x: left,
    y,
    width: round(right - left),
    height: BAR_HEIGHT,
  } as const;
  const { rate, confirmedShare } = entry;
  if (rate.kind === 'too_few') return [{ ...track, class: 'too-few', pattern: 'few' }];
  if (rate.kind === 'not_tested') return [];
  const confirmed = round(x(confirmedShare));
  const end = round(x(rate.rate));
  const middle = y + BAR_HEIGHT / 2;
  const [lower, upper] = [round(x(rate.lower)), round(x(rate.upper))];
  return [
    { ...track, class: 'track' },
    ...(confirmed > left
      ? [
          {
            ...track,
            ...outcomeLook('confirmed'),
            key: 'confirmed',
            width: round(confirmed - left),
          },
        ]
      : []),
    ...(end > confirmed
      ? [
          {
            ...track,
            ...outcomeLook('anomaly'),
            key: 'anomaly',
            x: confirmed,
            width: round(end - confirmed),
          },
        ]
      : []),
    {
      type: 'path',
      key: 'interval-halo',
      class: 'interval-halo',
      d: `M${lower} ${middle}H${upper}`,
    },
    {
      type: 'path',
      key: 'interval',
      class: 'interval-ends',
      d: `M${lower} ${middle}H${upper}M${lower} ${middle - 3}v6M${upper} ${middle - 3}v6`,
    },
  ];
}
