/** The table behind the world map, and one of its rows as a line to read out. */
import { joinSentences } from '../../../data-build/words/sentences.ts';
import { type WorldFacts } from './facts.ts';
import { addDays } from '../../../data-build/contract/brands.ts';
import { assertNever } from '../../../data-build/contract/problem.ts';
import { TOOLS } from '../../../data-build/contract/tools.ts';
import { pageLocale } from '../../../data-build/words/language.ts';
import { translate, type MessageParams } from '../../i18n/translate.ts';
import { formatNetworks } from '../../view/context.ts';
import { formatCount, formatDayRange, formatPercent } from '../../view/format.ts';
import {
  formatAlone,
  formatNoRate,
  formatShare,
  intervalCell,
  restsOnOne,
} from '../../view/rate.ts';
import type { TableCell, TableColumn, TableModel } from '../../view/table.ts';
import { formatWorldLevel, WORLD_LEVELS } from '../../view/evidence.ts';
import { toWorldRate, type WorldPlaceView } from './levels.ts';
import type { WorldPeriod, WorldRecord } from './record.ts';

const COLUMNS = {
  interference: [
    'name',
    'level',
    'rate',
    'interval',
    'share',
    'confirmed',
    'networks',
    'basis',
    'days',
  ],
  throughput: ['name', 'level', 'tests', 'mbps', 'change'],
  tools: ['name', 'level', 'tool', 'clients', 'change'],
  indicators: ['name', 'level', 'indicator', 'value', 'change'],
} as const;
type Column = (typeof COLUMNS)[WorldRecord['witness']][number];
const TEXT_COLUMNS: readonly Column[] = ['name', 'level', 'basis', 'days', 'tool', 'indicator'];

/** One row per place, by name; places without data in the period have their level alone. */
export function toWorldTable(
  caption: string,
  places: readonly WorldPlaceView[],
  period: WorldPeriod,
  witness: WorldRecord['witness'],
  caveats: readonly string[],
): TableModel {
  const columns = COLUMNS[witness].map((key): TableColumn => ({
    key,
    label: translate(`world.column.${key}`),
    numeric: !TEXT_COLUMNS.includes(key),
  }));
  return {
    caption,
    caveats,
    columns,
    rows: places.map(({ code, name, level }) => {
      const facts = period.places.get(code) ?? null;
      const order = WORLD_LEVELS[witness].indexOf(level);
      const known: Readonly<Partial<Record<Column, TableCell>>> = {
        name: { text: name, sort: name },
        level: { text: formatWorldLevel(witness, level), sort: order },
        ...(facts === null ? {} : toCells(facts)),
      };
      return {
        key: code,
        cells: COLUMNS[witness].map((column) => known[column] ?? { text: '', sort: null }),
      };
    }),
  };
}

function toCells(facts: WorldFacts): Readonly<Partial<Record<Column, TableCell>>> {
  const count = (n: number): TableCell => ({ text: formatCount(n), sort: n });
  const percent = (n: number): TableCell => ({ text: formatPercent(n), sort: n });
  const text = (words: string): TableCell => ({ text: words, sort: words });
  switch (facts.witness) {
    case 'interference': {
      const rate = toWorldRate(facts);
      const { first_day, last_day, network_count, confirmed_count } = facts;
      const range = formatDayRange(first_day, addDays(last_day, 1));
      const seen = {
        confirmed: count(confirmed_count),
        networks:
          network_count === null
            ? { text: translate('table.unknown'), sort: null }
            : count(network_count),
        days: { text: range, sort: first_day },
      };
      if (rate.kind === 'not_tested') return {};
      if (rate.kind === 'too_few')
        return { ...seen, share: { text: formatNoRate(rate), sort: null } };
      return {
        ...seen,
        rate: percent(rate.rate),
        interval: intervalCell(rate),
        share: {
          text: formatShare(rate),
          sort: rate.tests,
          pair: { signs: rate.signs, tests: rate.tests },
        },
        ...(restsOnOne(rate) ? { basis: text(formatAlone(rate) ?? '') } : {}),
      };
    }
    case 'throughput': {
      const { tests, mbps, event, magnitude } = facts;
      // Of a slowdown the fall is told, of vanished tests the share that is left.
      const change = event === 'vanished' ? (magnitude ?? 1) - 1 : -(magnitude ?? 0);
      return {
        tests: count(tests),
        ...(mbps === null ? {} : { mbps: { text: formatMbps(mbps), sort: mbps } }),
        ...(event === null ? {} : { change: percent(change) }),
      };
    }
    case 'tools': {
      const { tool, clients, event, magnitude } = facts;
      const labels: ReadonlyMap<string, { readonly label: string }> = new Map(
        Object.entries(TOOLS),
      );
      return {
        tool: text(labels.get(tool)?.label ?? tool.replace(/^other:/, '')),
        clients: count(clients),
        ...changeOf(event, magnitude),
      };
    }
    case 'indicators': {
      const { indicator, value, event, magnitude } = facts;
      return {
        indicator: text(indicator),
        value: { text: formatMbps(value), sort: value },
        ...changeOf(event, magnitude),
      };
    }
    default:
      return assertNever(facts);
  }
}

function changeOf(event: string | null, magnitude: number | null) {
  return event === null || magnitude === null
    ? {}
    : { change: { text: formatTimes(magnitude), sort: magnitude } };
}

function formatMbps(mbps: number): string {
  return new Intl.NumberFormat(pageLocale(), { maximumSignificantDigits: 3 }).format(mbps);
}

/** A ratio to the usual, as `× 3.4`. */
function formatTimes(ratio: number): string {
  const n = new Intl.NumberFormat(pageLocale(), { maximumSignificantDigits: 2 }).format(ratio);
  return translate('world.times', { n });
}

/**
 * One line that says what a row of the table says: level, rate, tests, networks, dates. `cells` are by
 * column, from the table in the page or from a view.
 */
export function formatWorldReadout(
  witness: WorldRecord['witness'],
  cells: ReadonlyMap<string, TableCell>,
  period: string,
): string {
  const cell = (key: Column): string => cells.get(key)?.text ?? '';
  const has = (key: Column): boolean => cell(key) !== '';
  const words = Object.fromEntries(COLUMNS[witness].map((key) => [key, cell(key)]));
  const count = cells.get('networks')?.sort;
  const networks = formatNetworks(typeof count === 'number' ? count : null);
  const all: MessageParams = { ...words, networks, period, based: has('basis') ? 'yes' : 'no' };
  switch (witness) {
    case 'interference':
      if (!has('share')) return translate('world.readout.not_tested', all);
      return translate(has('rate') ? 'world.readout.rate' : 'world.readout.few', all);
    case 'throughput':
      if (!has('tests')) return translate('world.readout.not_tested', all);
      return joinSentences([
        translate('world.readout.throughput', all),
        has('change') ? translate('world.readout.change', all) : null,
      ]);
    case 'tools':
    case 'indicators':
      if (!has(witness === 'tools' ? 'clients' : 'value'))
        return translate('world.readout.not_tested', all);
      return joinSentences([
        translate(`world.readout.${witness}`, all),
        has('change') ? translate('world.readout.change', all) : null,
      ]);
    default:
      return assertNever(witness);
  }
}
