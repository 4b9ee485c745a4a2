/** What the three witnesses say of one country or territory, asked once per build and shared by its pages. */
import { toCountryCode, type CountryCode, type Day } from '../../data-build/contract/brands.ts';
import { SOURCES, type SourceId } from '../../data-build/contract/sources.ts';
import type { BuildData } from '../engine/build-data.ts';
import { formatPlace } from '../i18n/place.ts';
import { countriesQuery } from '../query/interference.ts';
import type { CountryRow } from '../query/rows.ts';
import { throughputPlacesQuery, toolUsePlacesQuery, type EventRow } from '../query/witnesses.ts';
import { toEventView, type EventView } from '../view/events.ts';
import {
  askEventTimeline,
  askPlaceEvents,
  askPlaceOthers,
  askTimeline,
  type PlaceWitnesses,
  type WitnessRelease,
} from '../view/place-witnesses.ts';
import { toThroughput, type ThroughputView } from '../view/throughput.ts';
import { toToolUse, toToolUseSeries, type ToolUseView } from '../view/tool-use.ts';
import { WITNESSES } from '../view/witness-window.ts';
import type { WitnessesView } from '../view/witnesses.ts';
import { joinAsked, recordAsk, type Asked } from './asked.ts';
import type { FigureSource } from './licence.ts';
import { daysFilter } from '../query/condition.ts';

export interface LoadedPlace extends PlaceWitnesses {
  /** What was asked: of events and their course, and of all. */
  readonly asked: { readonly events: Asked; readonly all: Asked };
}

const asked = new Map<string, Promise<LoadedPlace>>();

/** Everything the witnesses have of one place; asked once. */
export function loadWitnesses(data: BuildData, probeCc: CountryCode): Promise<LoadedPlace> {
  const known = asked.get(probeCc);
  if (known !== undefined) return known;
  const answer = askWitnesses(data, probeCc);
  asked.set(probeCc, answer);
  return answer;
}

async function askWitnesses(data: BuildData, probeCc: CountryCode): Promise<LoadedPlace> {
  const others = recordAsk(data);
  const events = recordAsk(data);
  return {
    ...(await askPlaceOthers(others.ask, probeCc)),
    ...(await askPlaceEvents(events.ask, probeCc)),
    asked: { events: events.asked(), all: joinAsked(others.asked(), events.asked()) },
  };
}

/** Places with data of any witness, by code, with OONI’s row where there is one. */
export async function listPlaces({
  ask,
}: BuildData): Promise<
  readonly { readonly probeCc: CountryCode; readonly row: CountryRow | null }[]
> {
  const rows = await ask(countriesQuery(daysFilter(null, null)));
  const tested = new Map(rows.map((row) => [row.probe_cc, row]));
  const others = [...(await ask(throughputPlacesQuery())), ...(await ask(toolUsePlacesQuery()))];
  const codes = new Set([...tested.keys(), ...others.map(({ probe_cc }) => probe_cc)]);
  return [...codes].sort().flatMap((code) => {
    const probeCc = toCountryCode(code);
    return probeCc === null || probeCc === 'ZZ'
      ? []
      : [{ probeCc, row: tested.get(probeCc) ?? null }];
  });
}

/** Publishers of a timeline and the days of each that are in it. */
export function sourcesOf(
  { toolUse }: PlaceWitnesses,
  view: WitnessesView,
): readonly FigureSource[] {
  const { since, until } = view.context.frame;
  const tools = new Set(toolUse.map(({ source }) => source));
  return view.tracks.flatMap(({ witness, missing }): FigureSource[] => {
    if (missing !== null) return [];
    const ids: readonly SourceId[] =
      witness === 'interference' ? ['ooni'] : witness === 'throughput' ? ['mlab'] : [...tools];
    return ids.map((source) => ({ source, since, until }));
  });
}

/** What a check of a timeline has to know of the release. */
export function witnessRelease({ manifest }: BuildData): WitnessRelease {
  return {
    dataUntil: manifest.until,
    witnesses: manifest.edition === 'cc0' ? ['throughput', 'tools'] : WITNESSES,
  };
}

/** A timeline with the questions it was made of. */
export interface LoadedTimeline {
  readonly view: WitnessesView;
  readonly asked: Asked;
}

/** The timeline of the country page; null when no witness has any data. */
export async function loadTimeline(
  data: BuildData,
  place: LoadedPlace,
): Promise<LoadedTimeline | null> {
  const { ask, asked: own } = recordAsk(data);
  const view = await askTimeline(ask, place, witnessRelease(data));
  return view === null ? null : { view, asked: joinAsked(place.asked.all, own()) };
}

/** The timeline around one event. */
export async function loadEventTimeline(
  data: BuildData,
  place: LoadedPlace,
  event: EventRow,
): Promise<LoadedTimeline> {
  const { ask, asked: own } = recordAsk(data);
  const view = await askEventTimeline(ask, place, witnessRelease(data), event);
  return { view, asked: joinAsked(place.asked.all, own()) };
}

export interface FurtherCharts {
  readonly throughput: { readonly view: ThroughputView; readonly source: FigureSource } | null;
  readonly toolUse: readonly { readonly view: ToolUseView; readonly source: FigureSource }[];
}

/** The charts of speed and of tool use, each over all its own days. */
export function toFurtherCharts(place: PlaceWitnesses, dataUntil: Day): FurtherCharts {
  const name = formatPlace(place.probeCc);
  const speed = toThroughput(place.throughput, { place: name, dataUntil });
  return {
    throughput: speed === null ? null : { view: speed, source: frameSource(speed, 'mlab') },
    toolUse: toToolUseSeries(place.toolUse).map((series) => {
      const view = toToolUse(series, name, dataUntil);
      return { view, source: frameSource(view, series.source) };
    }),
  };
}

function frameSource(view: ThroughputView | ToolUseView, source: SourceId): FigureSource {
  const { since, until } = view.context.frame;
  return { source, since, until };
}

/** Events of a place in words. */
export function toEventViews(place: PlaceWitnesses, lastDay: Day): readonly EventView[] {
  return place.events.map((event) => toEventView(event, place.courses, lastDay));
}

/** Publisher of an event. */
export function publisherOf({ event }: EventView): (typeof SOURCES)[SourceId] {
  return SOURCES[event.source];
}
