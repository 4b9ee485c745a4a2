/** The world in one week or month, as one witness saw it. */
import { nextPeriod, periodStart } from '../../view/time-frame.ts';
import { givenShapes } from '../../charts/map/shapes.ts';
import { toCheckedWords } from '../checked.ts';
import type { DrawnFigure } from '../figure.ts';
import { layoutWorld } from './layout.ts';
import { findLayer, themeOfLayer } from './layers.ts';
import { askWorld, toGrain, toWorldRecord, type WorldAnswer } from './question.ts';
import { chooseWorldPeriod, toWorldView, type WorldView } from './view.ts';

/** A frame of one period shows it; of a longer one the latest period that is well covered is shown. */
export const world: DrawnFigure<WorldAnswer, WorldView> = {
  name: 'world',
  heading: 'chart.world.name',
  tables: [
    'interference_country_daily',
    'interference_domain_daily',
    'throughput_monthly',
    'throughput_daily',
    'circumvention_daily',
    'indicators_daily',
    'events',
  ],
  ticks: 'own',
  onShapes: true,
  // Of the period that is shown, as far as there are data; others are a choice of the reader.
  sources: ({ source, dataUntil, context: { frame } }) => [
    { source, since: frame.since, until: frame.until < dataUntil ? frame.until : dataUntil },
  ],
  ask: askWorld,
  view(answer, { series, frame }) {
    const layer = findLayer(series);
    const geometry = givenShapes();
    if (layer === undefined || frame === null || geometry === null) return null;
    const { since, until, dataUntil } = frame;
    const grain = toGrain(frame.grain);
    const record = toWorldRecord(answer, layer, grain);
    const first = periodStart(since, grain);
    const isOne = until <= nextPeriod(first, grain);
    const wanted = isOne ? record.periods.find((period) => period.start === first) : undefined;
    const start = wanted?.start ?? chooseWorldPeriod(record, dataUntil);
    if (start === null) return null;
    const { codes } = answer;
    return toWorldView(record, start, {
      layer: layer.name,
      theme: themeOfLayer(layer),
      source: layer.source,
      codes,
      geometry,
      dataUntil,
    });
  },
  layout: layoutWorld,
  checked: toCheckedWords,
};
