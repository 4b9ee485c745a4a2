/** Names of what stands on the axes of a chart that a reader built, and its values in words. */
import { addDays, daysBetween, toDay } from '../../../data-build/contract/brands.ts';
import { TOOLS } from '../../../data-build/contract/tools.ts';
import {
  BLOCKING_METHODS,
  CATEGORY_CODES,
  testSpec,
} from '../../../data-build/contract/vocabulary.ts';
import { pageLocale } from '../../../data-build/words/language.ts';
import { formatPlaceName } from '../../../data-build/words/place.ts';
import { translate } from '../../i18n/translate.ts';
import type { Dimension, ExploreQuestion } from '../../query/explore-question.ts';
import { isSpeed, speedUnit, type Measure } from '../../state/measures.ts';
import { formatCount, formatDayRange, formatPercent, formatPeriod } from '../../view/format.ts';
import type { TimeFrame } from '../../view/time-frame.ts';

export interface ExploreNames {
  readonly x: (value: string) => string;
  readonly series: (value: string) => string;
}

/** `networks` holds names by number, as text. */
export function toNames(
  question: ExploreQuestion,
  frame: TimeFrame,
  networks: ReadonlyMap<string, string | null>,
): ExploreNames {
  const nameOf =
    (dimension: Dimension | null) =>
    (value: string): string =>
      dimension === null ? value : formatName(dimension, value, question, frame, networks);
  return { x: nameOf(question.x), series: nameOf(question.series) };
}

function formatName(
  dimension: Dimension,
  value: string,
  { pivot, filter }: ExploreQuestion,
  { grain }: TimeFrame,
  networks: ReadonlyMap<string, string | null>,
): string {
  switch (dimension) {
    case 'measurement_start_day': {
      const start = toDay(value);
      return start === null ? value : formatPeriod(start, grain);
    }
    case 'probe_cc':
      return formatPlaceName(value);
    case 'probe_asn': {
      const name = networks.get(value) ?? null;
      return name === null ? `AS${value}` : `AS${value} ${name}`;
    }
    case 'test_name':
      return testSpec(value).label;
    case 'category_code':
      return lookUp(CATEGORY_CODES, value) ?? translate('explore.no_category');
    case 'blocking_method':
      return formatMethod(value);
    case 'tool':
      return formatTool(value);
    case 'comparison': {
      if (pivot === null || filter.until === null) return value;
      const since = addDays(pivot, -daysBetween(pivot, filter.until));
      return value === 'before'
        ? translate('explore.before', { range: formatDayRange(since, pivot) })
        : translate('explore.chosen', { range: formatDayRange(pivot, filter.until) });
    }
    case 'domain':
    case 'total':
      return value;
  }
}

/** `Tor bridges`; a tool without a known name by its own. */
export function formatTool(tool: string): string {
  return lookUp(TOOLS, tool)?.label ?? tool.replace(/^other:/, '');
}

function lookUp<T>(terms: Readonly<Record<string, T>>, key: string): T | null {
  return Object.hasOwn(terms, key) ? (terms[key] ?? null) : null;
}

/** `1,234`, `17.5 Mbit/s`, `0.4%`. */
export function formatValue(value: number, measure: Measure): string {
  const unit = isSpeed(measure) ? speedUnit(measure) : null;
  const n = formatAmount(value, measure);
  return unit === null || unit === 'ratio' ? n : translate(`throughput.${unit}`, { n });
}

/** The same without a unit but that of shares, for axes and tables. */
export function formatAmount(value: number, measure: Measure): string {
  if (!isSpeed(measure)) return formatCount(Math.round(value));
  return speedUnit(measure) === 'ratio' ? formatPercent(value) : formatFigure(value);
}

/** Three figures. */
export function formatFigure(value: number): string {
  return new Intl.NumberFormat(pageLocale(), { maximumSignificantDigits: 3 }).format(value);
}

/** A method by its label; one that the vocabulary does not know by its name. */
export function formatMethod(method: string): string {
  return lookUp(BLOCKING_METHODS, method)?.label ?? method;
}
