/** The three witnesses of a country or territory, computed anew: together on one axis, and speed and tool use alone. */
import type { CountryCode } from '../../data-build/contract/brands.ts';
import { throughputQuery, toolUseQuery } from '../query/witnesses.ts';
import type { Ask } from './ask.ts';
import type { FigureCheck, TimelineCheck } from './check.ts';
import { toCheckedWords, type CheckedFigure } from '../figures/checked.ts';
import {
  askEventTimeline,
  askPlaceEvents,
  askPlaceOthers,
  askTimeline,
} from './place-witnesses.ts';
import { toThroughput } from './throughput.ts';
import { toToolUse, toToolUseSeries } from './tool-use.ts';

/** Null: no witness has any data, or the event is not among those of the place. */
export async function computeTimeline(
  ask: Ask,
  { probeCc, eventId, dataUntil, witnesses }: TimelineCheck,
): Promise<CheckedFigure | null> {
  const release = { dataUntil, witnesses };
  const others = await askPlaceOthers(ask, probeCc);
  const place = { ...others, ...(await askPlaceEvents(ask, probeCc)) };
  if (eventId === null) {
    const view = await askTimeline(ask, place, release);
    return view === null ? null : toCheckedWords(view);
  }
  const event = place.events.find(({ event_id }) => event_id === eventId);
  return event === undefined
    ? null
    : toCheckedWords(await askEventTimeline(ask, place, release, event));
}

export async function computeSeries(
  ask: Ask,
  { chart, series: key, context }: FigureCheck,
  probeCc: CountryCode,
): Promise<CheckedFigure | null> {
  const place = context.place ?? '';
  const { dataUntil } = context.frame;
  if (chart === 'throughput') {
    const rows = await ask(throughputQuery(probeCc), { probeCc });
    const view = toThroughput(rows, { place, dataUntil });
    return view === null ? null : toCheckedWords(view);
  }
  const rows = await ask(toolUseQuery(probeCc), { probeCc });
  const found = toToolUseSeries(rows).find((series) => series.key === key);
  return found === undefined ? null : toCheckedWords(toToolUse(found, place, dataUntil));
}
