/** What the chart builder’s answer says: its finding, its measure, how much was counted. */
import { FLOORS } from '../../../data-build/contract/floors.ts';
import { formatPlaceName } from '../../../data-build/words/place.ts';
import { translate } from '../../i18n/translate.ts';
import type { ExploreRow } from '../../query/explore-rows.ts';
import type { ExploreQuestion } from '../../query/explore-question.ts';
import { isSpeed, witnessOf } from '../../state/measures.ts';
import {
  formatExtent,
  formatFrame,
  networkParts,
  formatScope,
  totalFloor,
  type ViewContext,
} from '../../view/context.ts';
import { formatCount, formatPercent, formatItems } from '../../view/format.ts';
import { formatAlone, formatFailed, formatRate, formatShare, toRate } from '../../view/rate.ts';
import { TIME, toCellRate, toCounts, type ExploreAnswer } from './cells.ts';
import { formatMethod } from './words.ts';

export function toTitle({ question, total, rows }: ExploreAnswer, context: ViewContext): string {
  const words = { scope: formatScope(context), range: formatFrame(context) };
  if (total?.first_day === undefined || total.first_day === null || rows.length === 0)
    return translate(`explore.title.none.${witnessOf(question.measure)}`, words);
  const tests = formatCount(total.tests);
  const networks = networkParts(context.networkCount);
  const { measure } = question;
  if (isSpeed(measure))
    return translate(`explore.title.${measure}`, {
      ...words,
      place: placeOf(context),
      tests: translate('count.tests', { n: total.tests }),
    });
  switch (measure) {
    case 'rate': {
      const rate = toRate(toCounts(total), totalFloor(context));
      const failed = formatFailed(rate);
      if (failed !== null) return translate('chart.outcomes.title.failed', { ...words, failed });
      if (rate.kind !== 'rate')
        return translate('chart.outcomes.title.too_few', {
          ...words,
          n: tests,
          short: rate.kind === 'too_few' ? (rate.short ?? 'tests') : 'tests',
        });
      const [now, before] = ['chosen', 'before'].map((part) => {
        const row = question.x === 'comparison' ? rows.find(({ x }) => x === part) : undefined;
        return row === undefined ? null : toRate(toCounts(row), totalFloor(context));
      });
      if (now?.kind === 'rate' && before?.kind === 'rate') {
        const shares = {
          now: formatRate(now),
          before: formatRate(before),
        };
        return translate('explore.title.periods', { ...words, ...shares });
      }
      const places = question.compare === 'countries' ? toPlaceShares(rows, question) : [];
      if (places.length > 1 && places.length <= MOST_NAMED)
        return translate('explore.title.countries', {
          scope: formatScope({ ...context, place: null }),
          range: words.range,
          places: formatItems(places),
        });
      const known = {
        ...words,
        n: tests,
        percent: formatPercent(rate.rate),
        share: formatShare(rate),
      };
      return translate(`chart.outcomes.title.${rate.signs === 0 ? 'ok' : 'anomaly'}`, known);
    }
    case 'tests': {
      const n = formatCount(total.tests + total.failures);
      return translate('explore.title.tests', { ...words, n, ...networks });
    }
    case 'confirmed':
      return translate('explore.title.confirmed', {
        ...words,
        share: formatShare({ signs: total.confirmed, tests: total.tests }),
      });
    case 'methods':
      return toMethodTitle(rows, question, words);
    case 'tool_use':
      return translate('explore.title.tool_use', { ...words, place: placeOf(context) });
  }
}

/** Places that a headline can name. */
const MOST_NAMED = 4;

/** `Kenya 58% (83 of 142)` for each place that was compared; tests are added up, networks are not known then. */
function toPlaceShares(
  rows: readonly ExploreRow[],
  { x, filter }: ExploreQuestion,
): readonly string[] {
  return filter.probe_cc.map((code) => {
    const own = rows.filter((row) => (x === 'probe_cc' ? row.x : row.series) === code);
    const sum = (of: (row: ExploreRow) => number): number =>
      own.reduce((total, row) => total + of(row), 0);
    const [one] = own;
    const networks = own.length === 1 ? (one?.networks ?? null) : null;
    const rate = toCellRate(
      {
        ...EMPTY_ROW,
        tests: sum(({ tests }) => tests),
        signs: sum(({ signs }) => signs),
        confirmed: sum(({ confirmed }) => confirmed),
        failures: sum(({ failures }) => failures),
        days: sum(({ days }) => days),
        networks,
        only_probe_asn: networks === null ? null : (one?.only_probe_asn ?? null),
      },
      networks === null ? FLOORS.countsOnly : FLOORS.country,
    );
    return translate('explore.title.place', {
      place: formatPlaceName(code),
      rate: formatItems([formatRate(rate), formatAlone(rate)].filter((part) => part !== null)),
    });
  });
}

const EMPTY_ROW: ExploreRow = {
  x: '',
  series: null,
  tests: 0,
  signs: 0,
  confirmed: 0,
  failures: 0,
  unscored: 0,
  days: 0,
  networks: null,
  only_probe_asn: null,
  value: null,
  first_day: null,
  last_day: null,
};

function placeOf({ place }: ViewContext): string {
  return place ?? translate('explore.everywhere');
}

/** The most frequent method over all cells. */
function toMethodTitle(
  rows: readonly ExploreRow[],
  { x }: ExploreQuestion,
  words: Readonly<Record<string, string>>,
): string {
  const sums = new Map<string, number>();
  const totals = new Map<string, number>();
  for (const row of rows) {
    const [method, along] =
      x === 'blocking_method' ? [row.x, row.series ?? ''] : [row.series ?? '', row.x];
    sums.set(method, (sums.get(method) ?? 0) + row.signs);
    totals.set(along, row.tests);
  }
  const [[method, count] = ['', 0]] = [...sums].sort((a, b) => b[1] - a[1]);
  const n = [...totals.values()].reduce((sum, tests) => sum + tests, 0);
  return translate('chart.methods.title', {
    ...words,
    method: formatMethod(method),
    percent: formatPercent(n === 0 ? 0 : count / n),
    count: formatCount(count),
    n: formatCount(n),
  });
}

export function toSubtitle(
  question: ExploreQuestion,
  { frame }: ViewContext,
  series: ExploreQuestion['series'],
): string {
  const along =
    question.x === TIME
      ? translate(`explore.along.${frame.grain}`)
      : translate(`explore.by.${question.x}`);
  return translate(`explore.subtitle.${question.measure}`, {
    along: translate('explore.along_and', { along, series: series ?? 'none' }),
  });
}

export function formatExploreExtent(
  { question, total }: ExploreAnswer,
  context: ViewContext,
): string {
  const tests = total === null ? 0 : total.tests + total.failures;
  switch (witnessOf(question.measure)) {
    case 'interference':
      return formatExtent(tests, context);
    case 'throughput':
      return translate('throughput.extent', {
        tests: translate('count.tests', { n: tests }),
        place: placeOf(context),
        range: formatFrame(context),
        routed: context.network === null ? 'no' : 'yes',
      });
    case 'tools':
      return translate('explore.extent.tool_use', {
        days: translate('count.days', { n: total?.days ?? 0 }),
        place: placeOf(context),
        range: formatFrame(context),
      });
  }
}
