/**
 * The one table of URL parameters: what each may hold, what it is called and which control edits it. Parsing,
 * formatting, labels and form controls all come from here. Names are those of the field; see docs/contract.
 */
import { parseDay } from './relative-day.ts';
import { toHost, withoutWww } from './domain.ts';
import { isMeasure, type Measure } from './measures.ts';
import {
  parseAsn,
  toCountryCode,
  type Asn,
  type CountryCode,
  type Day,
} from '../../data-build/contract/brands.ts';
import {
  BLOCKING_METHODS,
  CATEGORY_CODES,
  TIME_GRAINS,
  type BlockingMethod,
  type TimeGrain,
} from '../../data-build/contract/vocabulary.ts';
import { toDataVersion } from '../../data-build/contract/releases.ts';
import type { MessageKey } from '../i18n/translate.ts';

/** What an axis of a chart can carry. */
export const AXES = [
  'measurement_start_day',
  'probe_cc',
  'probe_asn',
  'test_name',
  'domain',
  'category_code',
  'blocking_method',
  'tool',
] as const;
export type AxisName = (typeof AXES)[number];

/** What it can set side by side: places, the chosen dates with as many before, or with the days before them. */
export const COMPARISONS = ['countries', 'periods', 'baseline'] as const;
export type Comparison = (typeof COMPARISONS)[number];

export const VIEWS = ['chart', 'table', 'map'] as const;
export type ViewName = (typeof VIEWS)[number];

export type Control = 'choices' | 'select' | 'date' | 'text';

interface Shared<T> {
  readonly label: MessageKey;
  readonly control: Control;
  /** Text of one value, decoded and trimmed → the value, or null when it makes no sense. */
  parse(text: string): T | null;
}
export interface ListParameter<T extends string | number> extends Shared<T> {
  readonly many: true;
}
export interface SingleParameter<T extends string | number> extends Shared<T> {
  readonly many: false;
  /** A word that means the default, accepted without a notice. */
  readonly standard: string | null;
}

function list<T extends string | number>(
  label: MessageKey,
  control: Control,
  parse: (text: string) => T | null,
): ListParameter<T> {
  return { many: true, label, control, parse };
}
function single<T extends string | number>(
  label: MessageKey,
  control: Control,
  parse: (text: string) => T | null,
  standard: string | null = null,
): SingleParameter<T> {
  return { many: false, label, control, parse, standard };
}

/** Test names are kept as the publisher writes them, unknown ones too: lower case, digits, underscores. */
function parseTestName(text: string): string | null {
  return /^[a-z][a-z0-9_]{0,63}$/.test(text) ? text : null;
}

/** A host name as in the `domain` column, also where a whole address is given. */
function parseDomain(text: string): string | null {
  const host = toHost(text);
  return host === null ? null : withoutWww(host);
}

/** A URL or address as tested: at most 2,048 characters, none that a URL cannot hold. */
function parseInput(text: string): string | null {
  return text.length > 0 && text.length <= 2048 && !/[\p{C}\p{Z}<>"]/u.test(text) ? text : null;
}

function parseCategory(text: string): string | null {
  const code = text.toUpperCase();
  return Object.hasOwn(CATEGORY_CODES, code) ? code : null;
}

function parseGrain(text: string): TimeGrain | null {
  return TIME_GRAINS.find((grain) => grain === text) ?? null;
}

function parseAxis(text: string): AxisName | null {
  return AXES.find((axis) => axis === text) ?? null;
}

function parseMethod(text: string): BlockingMethod | null {
  return isMethod(text) ? text : null;
}

function isMethod(text: string): text is BlockingMethod {
  return Object.hasOwn(BLOCKING_METHODS, text);
}

/** A tool as in the `tool` column: `tor-relay`, `other:name`. */
function parseTool(text: string): string | null {
  return /^[a-z][a-z0-9:_ .-]{0,63}$/.test(text) ? text : null;
}

/** A layer of the world map by its name: `throughput`, `news-websites`. */
function parseLayer(text: string): string | null {
  return /^[a-z][a-z0-9-]{0,63}$/.test(text) ? text : null;
}

function parseMeasure(text: string): Measure | null {
  return isMeasure(text) ? text : null;
}

function parseComparison(text: string): Comparison | null {
  return COMPARISONS.find((comparison) => comparison === text) ?? null;
}

function parseView(text: string): ViewName | null {
  return VIEWS.find((view) => view === text) ?? null;
}

/** In the order in which they stand in a link. `since` is inclusive, `until` exclusive, both UTC days. */
export const PARAMETERS = {
  probe_cc: list<CountryCode>('parameter.probe_cc', 'choices', toCountryCode),
  probe_asn: list<Asn>('parameter.probe_asn', 'choices', parseAsn),
  test_name: list<string>('parameter.test_name', 'choices', parseTestName),
  domain: list<string>('parameter.domain', 'text', parseDomain),
  input: list<string>('parameter.input', 'text', parseInput),
  category_code: list<string>('parameter.category_code', 'choices', parseCategory),
  blocking_method: list<BlockingMethod>('parameter.blocking_method', 'choices', parseMethod),
  tool: list<string>('parameter.tool', 'choices', parseTool),
  // Of the world map alone (./world-link.ts).
  layer: single<string>('parameter.layer', 'select', parseLayer),
  since: single<Day>('parameter.since', 'date', parseDay),
  until: single<Day>('parameter.until', 'date', parseDay),
  axis_x: single<AxisName>('parameter.axis_x', 'select', parseAxis, 'measurement_start_day'),
  axis_y: single<AxisName>('parameter.axis_y', 'select', parseAxis),
  time_grain: single<TimeGrain>('parameter.time_grain', 'select', parseGrain, 'auto'),
  measure: single<Measure>('parameter.measure', 'select', parseMeasure, 'rate'),
  compare: single<Comparison>('parameter.compare', 'select', parseComparison, 'none'),
  view: single<ViewName>('parameter.view', 'select', parseView, 'chart'),
  // The data release that a permalink was made of; see site/islands/release-note.ts.
  release: single<string>('parameter.release', 'text', toDataVersion),
} as const;
/** In the fragment of a link, which no server sees: the chart that notes are on, and each of them (./notes-link.ts). */
export const NOTES_PARAMETER = 'notes';
export const NOTE_PARAMETER = 'note';

export type ParameterName = keyof typeof PARAMETERS;

export function isParameterName(name: string): name is ParameterName {
  return Object.hasOwn(PARAMETERS, name);
}

export const PARAMETER_NAMES: readonly ParameterName[] =
  Object.keys(PARAMETERS).filter(isParameterName);

type ValueOf<P> =
  P extends ListParameter<infer T>
    ? readonly T[]
    : P extends SingleParameter<infer T>
      ? T | null
      : never;

/** What a reader asked for. Empty lists and nulls are the defaults: everything, and the grain that fits. */
export type ExplorerState = {
  readonly [K in ParameterName]: ValueOf<(typeof PARAMETERS)[K]>;
};

export const EMPTY_STATE: ExplorerState = {
  probe_cc: [],
  probe_asn: [],
  test_name: [],
  domain: [],
  input: [],
  category_code: [],
  blocking_method: [],
  tool: [],
  layer: null,
  since: null,
  until: null,
  axis_x: null,
  axis_y: null,
  time_grain: null,
  measure: null,
  compare: null,
  view: null,
  release: null,
};
