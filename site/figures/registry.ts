/** Every figure. Page build, filters, checks, downloads, embeds, gallery and pictures walk this list. */
import { markSynthetic } from '../charts/watermark.ts';
import type { Scene } from '../charts/scene.ts';
import type { ChartSize } from '../charts/size.ts';
import { affected } from './affected/figure.ts';
import { apps } from './apps/figure.ts';
import { blindSpots } from './blind-spots/figure.ts';
import { calendar } from './calendar/figure.ts';
import { categories } from './categories/figure.ts';
import { domainMatrix } from './domain-matrix/figure.ts';
import { domains } from './domains/figure.ts';
import { events } from './events/figure.ts';
import { explore } from './explore/figure.ts';
import type { Chart, ChartDrawing, DrawnFigure, Figure } from './figure.ts';
import { domainList, networkList, placeList, testList } from './lists/figure.ts';
import { methodStrip } from './method-strip/figure.ts';
import { methods } from './methods/figure.ts';
import { networks } from './networks/figure.ts';
import { outcomes } from './outcomes/figure.ts';
import { placeLine } from './place-line/figure.ts';
import { places } from './places/figure.ts';
import { rate } from './rate/figure.ts';
import { result } from './result/figure.ts';
import { safe } from './safe/figure.ts';
import { summary } from './summary/figure.ts';
import { tests } from './tests/figure.ts';
import { throughput } from './throughput/figure.ts';
import { toolUse } from './tool-use/figure.ts';
import { witnesses } from './witnesses/figure.ts';
import { world } from './world/figure.ts';

/** In the order of a page. */
export const DRAWN_FIGURES: readonly DrawnFigure[] = [
  witnesses,
  placeLine,
  outcomes,
  rate,
  tests,
  networks,
  methods,
  throughput,
  toolUse,
  calendar,
  methodStrip,
  categories,
  domains,
  places,
  domainMatrix,
  world,
  explore,
];

/** Sentences and tables. */
export const PRINTED_FIGURES: readonly Figure[] = [
  summary,
  affected,
  apps,
  blindSpots,
  safe,
  events,
  placeList,
  networkList,
  domainList,
  testList,
];

/** Everything that is drawn; what a reader's SQL gives is asked by nobody else. */
export const CHARTS: readonly Chart[] = [...DRAWN_FIGURES, result];

/** Null: no figure has this name. */
export function findFigure(wanted: string): Figure | null {
  return [...DRAWN_FIGURES, ...PRINTED_FIGURES].find(({ name }) => name === wanted) ?? null;
}

/** The figure that made a view. */
export function drawnFigure({ chart }: Pick<ChartDrawing, 'chart'>): DrawnFigure {
  const found = DRAWN_FIGURES.find(({ name }) => name === chart);
  if (found === undefined) throw new Error(`No figure has the name ${chart}.`);
  return found;
}

/** The chart of a view. */
export function findChart(view: Pick<ChartDrawing, 'chart'>): Chart<ChartDrawing> {
  const charts: readonly Chart<ChartDrawing>[] = CHARTS;
  const chart = charts.find(({ name }) => name === view.chart);
  if (chart === undefined) throw new Error(`Nothing draws ${view.chart}.`);
  return chart;
}

/** As `layoutChart`, no higher than `room` where the chart can be drawn so. */
export function layoutWithin(
  view: ChartDrawing,
  size: ChartSize,
  room: number,
  synthetic = false,
): Scene {
  let less = 0;
  let scene = layoutChart(view, size, synthetic);
  const usual = scene.height;
  for (;;) {
    if (scene.height <= room) return scene;
    less += Math.ceil(scene.height - room);
    const lower = layoutChart(view, { ...size, less, usual }, synthetic);
    if (lower.height >= scene.height) return scene;
    scene = lower;
  }
}

/** The drawing of any view at a width; marked when its data are a synthetic sample. */
export function layoutChart(view: ChartDrawing, size: ChartSize, synthetic = false): Scene {
  const scene = findChart(view).layout(view, size);
  return synthetic ? markSynthetic(scene) : scene;
}
