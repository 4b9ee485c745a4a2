/** What a layer of the world map asks, and the record that the answer makes. */
import type { CountryCode } from '../../../data-build/contract/brands.ts';
import { assertNever } from '../../../data-build/contract/problem.ts';
import { publishersOf } from '../../../data-build/contract/publishers.ts';
import { themeOf } from '../../../data-build/contract/themes.ts';
import type { Ask } from '../../catalog/ask.ts';
import { daysFilter } from '../../query/condition.ts';
import { countriesQuery } from '../../query/interference.ts';
import {
  worldCategoriesQuery,
  worldEventsQuery,
  worldIndicatorsQuery,
  worldInterferenceQuery,
  worldThroughputQuery,
  worldToolsQuery,
  type WorldEventRow,
  type WorldGrain,
  type WorldIndicatorsRow,
  type WorldInterferenceRow,
  type WorldThroughputRow,
  type WorldToolsRow,
} from '../../query/world.ts';
import type { FigureRequest } from '../request.ts';
import { findLayer, themeOfLayer, type WorldLayer, type WorldTheme } from './layers.ts';
import {
  keepJudged,
  toIndicatorsRecord,
  toInterferenceRecord,
  toThroughputRecord,
  toToolsRecord,
  type WorldRecord,
} from './record.ts';

export interface WorldAnswer {
  /** Places that have a page. */
  readonly codes: readonly CountryCode[];
  readonly found: Found;
}

interface Rows<Kind, Row> {
  readonly witness: Kind;
  readonly rows: readonly Row[];
  readonly events: readonly WorldEventRow[];
}
type Found =
  | Rows<'interference', WorldInterferenceRow>
  | Rows<'throughput', WorldThroughputRow>
  | Rows<'tools', WorldToolsRow>
  | Rows<'indicators', WorldIndicatorsRow>;

/** Null: the request is not of the world. */
export async function askWorld(
  ask: Ask,
  { subject, series, frame }: FigureRequest,
): Promise<WorldAnswer | null> {
  const layer = findLayer(series);
  if (subject.kind !== 'release' || frame === null || layer === undefined) return null;
  const pages = await ask(countriesQuery(daysFilter(null, null)));
  const codes = pages.map(({ probe_cc }) => probe_cc);
  return { codes, found: await askLayer(ask, layer, toGrain(frame.grain)) };
}

async function askLayer(ask: Ask, layer: WorldLayer, grain: WorldGrain): Promise<Found> {
  const { of, source } = layer;
  const { witness } = of;
  switch (witness) {
    case 'interference':
      return { witness, rows: await askCounts(ask, themeOfLayer(layer), grain), events: [] };
    case 'throughput':
      return {
        witness,
        rows: await ask(worldThroughputQuery(grain)),
        events: await ask(worldEventsQuery(['slowdown', 'vanished'], publishersOf(witness))),
      };
    case 'tools':
      return {
        witness,
        rows: await ask(worldToolsQuery(grain)),
        events: await ask(worldEventsQuery(['surge', 'drop'], publishersOf(witness))),
      };
    case 'indicators':
      return {
        witness,
        rows: await ask(worldIndicatorsQuery(grain, source, of.indicator)),
        events: await ask(worldEventsQuery(['surge', 'drop'], [source], of.indicator)),
      };
    default:
      return assertNever(witness);
  }
}

async function askCounts(
  ask: Ask,
  theme: WorldTheme | null,
  grain: WorldGrain,
): Promise<readonly WorldInterferenceRow[]> {
  if (theme === null) return ask(worldInterferenceQuery(grain));
  const { code, of } = theme;
  if (of === 'tests') return ask(worldInterferenceQuery(grain, themeOf(code).tests));
  const rows = await ask(worldCategoriesQuery(grain));
  return rows.filter((row) => row.category_code === code);
}

/** The map steps by weeks or months. */
export function toGrain(grain: string): WorldGrain {
  return grain === 'month' ? 'month' : 'week';
}

/** Without the periods in which nothing can be said of any place: a reader need not step through them. */
export function toWorldRecord({ found }: WorldAnswer, layer: WorldLayer, grain: WorldGrain) {
  return keepJudged(readRecord(found, layer, grain));
}

function readRecord(found: Found, { of }: WorldLayer, grain: WorldGrain): WorldRecord {
  switch (found.witness) {
    case 'interference':
      return toInterferenceRecord(found.rows, grain);
    case 'throughput':
      return toThroughputRecord(found.rows, found.events, grain);
    case 'tools':
      return toToolsRecord(found.rows, found.events, grain);
    case 'indicators': {
      const label = of.witness === 'indicators' ? of.label : '';
      return toIndicatorsRecord(label, found.rows, found.events, grain);
    }
    default:
      return assertNever(found);
  }
}
