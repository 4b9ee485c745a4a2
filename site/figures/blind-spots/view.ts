/** What was not tested, or too little, and how rare interference could be without being noticed. */
import { FLOORS } from '../../../data-build/contract/floors.ts';
import {
  CATEGORY_CODES,
  RETIRED_TESTS,
  TESTS,
  testSpec,
  type CategoryCode,
  type TestGroup,
} from '../../../data-build/contract/vocabulary.ts';
import { translate } from '../../i18n/translate.ts';
import type { TestRow } from '../../query/rows.ts';
import { formatFrame, type ViewContext } from '../../view/context.ts';
import { detectableShare } from './detectable.ts';
import { formatCount, formatPercent, formatList } from '../../view/format.ts';
import {
  formatFailed,
  formatFloor,
  formatNoRate,
  formatShare,
  toRate,
  type Rate,
  type RateCounts,
  partFloor,
} from '../../view/rate.ts';
import type { TableModel } from '../../view/table.ts';
import { countUnnamed } from '../websites.ts';

export interface BlindSpotsView {
  /** Sentences: what was not tested or too little. Empty lists give no sentence. */
  readonly gaps: readonly string[];
  /** What the best tested kind of test without any sign would have noticed; null: there is none. */
  readonly sentence: string | null;
  /** One row per kind of test with a verdict: tests, signs, detectable share. */
  readonly table: TableModel;
}

export interface CategoryCounts extends RateCounts {
  /** Null: websites that are on no test list. */
  readonly category_code: CategoryCode | null;
  readonly network_count: number;
}

/** Groups whose tests a place can be expected to have. */
const EXPECTED: readonly TestGroup[] = ['websites', 'apps', 'circumvention', 'middleboxes'];
/** Names that are spelled out; the others are counted. */
const NAMED = 8;

/**
 * `tests` are all rows of the place in the frame, `networks` those with scored measurements, held to the floor of one network, `otherNetworks` how
 * many more are known in the place, from unscored tests or from another source.
 */
export function toBlindSpots(
  tests: readonly TestRow[],
  categories: readonly CategoryCounts[],
  networks: readonly { readonly rate: Rate }[],
  otherNetworks: number,
  context: ViewContext,
): BlindSpotsView {
  const rated = tests.map((row) => ({
    row,
    rate: toRate(row, partFloor(row, context.networkCount)),
  }));
  const gaps = [
    ...testGaps(rated, context),
    ...categoryGaps(categories, countUnnamed(tests, categories), context),
    ...networkGaps(networks, otherNetworks, context),
  ];
  const verdicts = rated
    .flatMap(({ row, rate }) =>
      rate.kind === 'not_tested' || rate.tests === 0
        ? []
        : [{ label: testSpec(row.test_name).label, name: row.test_name, rate }],
    )
    .sort((a, b) => b.rate.tests - a.rate.tests || (a.name < b.name ? -1 : 1));
  const quiet = verdicts.find(({ rate }) => rate.kind === 'rate' && rate.signs === 0);
  const words = (n: number) => ({
    tests: translate('count.tests', { n }),
    share: formatPercent(detectableShare(n)),
    range: formatFrame(context),
  });
  const caption = translate('blind.table', {
    place: context.place ?? '',
    range: formatFrame(context),
  });
  return {
    gaps,
    sentence:
      quiet === undefined
        ? null
        : translate('blind.sentence', { ...words(quiet.rate.tests), target: quiet.label }),
    table: {
      caption,
      caveats: [translate('blind.fair_draw')],
      columns: [
        { key: 'test_name', label: translate('table.test'), numeric: false },
        { key: 'tests', label: translate('table.tests_with_verdict'), numeric: true },
        { key: 'signs', label: translate('table.signs'), numeric: true },
        { key: 'detectable', label: translate('blind.detectable'), numeric: true },
      ],
      rows: verdicts.map(({ label, name, rate }) => ({
        key: name,
        cells: [
          { text: label, sort: label },
          { text: formatCount(rate.tests), sort: rate.tests },
          {
            text: rate.kind === 'rate' ? formatShare(rate) : formatNoRate(rate),
            sort: rate.signs,
          },
          {
            text: translate('blind.at_least', {
              share: formatPercent(detectableShare(rate.tests)),
            }),
            sort: detectableShare(rate.tests),
          },
        ],
      })),
    },
  };
}

interface Judged {
  readonly row: TestRow;
  readonly rate: ReturnType<typeof toRate>;
}

function testGaps(rated: readonly Judged[], context: ViewContext): readonly string[] {
  const tested = new Map(rated.map(({ row, rate }) => [row.test_name, rate] as const));
  const current = Object.entries(TESTS).filter(
    ([name, spec]) => spec.scored && EXPECTED.includes(spec.group) && !RETIRED_TESTS.has(name),
  );
  const missing = current.filter(
    ([name]) => (tested.get(name)?.kind ?? 'not_tested') === 'not_tested',
  );
  const few = rated.flatMap(({ row, rate }) =>
    rate.kind === 'too_few' ? [nameFew(testSpec(row.test_name).label, rate)] : [],
  );
  const wholeGroups = EXPECTED.filter((group) =>
    current.filter(([, spec]) => spec.group === group).every((test) => missing.includes(test)),
  );
  const single = missing.filter(([, { group }]) => !wholeGroups.includes(group));
  return [
    ...sentence(
      'blind.groups',
      wholeGroups.map((group) => translate(`blind.group.${group}`)),
      context,
    ),
    ...sentence(
      'blind.tests',
      single.map(([, { label }]) => label),
      context,
    ),
    ...sentence('blind.tests_few', few, context),
  ];
}

function categoryGaps(
  categories: readonly CategoryCounts[],
  { unnamed, all }: ReturnType<typeof countUnnamed>,
  context: ViewContext,
): readonly string[] {
  const known = new Map(categories.map((row) => [row.category_code, row] as const));
  const total = Object.keys(CATEGORY_CODES).length;
  const missing = Object.entries(CATEGORY_CODES).filter(
    ([code]) => ![...known.keys()].some((tested) => tested === code),
  );
  const few = categories.flatMap((row) => {
    if (row.category_code === null) return [];
    const rate = toRate(row, partFloor(row, context.networkCount));
    return rate.kind === 'too_few' ? [nameFew(CATEGORY_CODES[row.category_code], rate)] : [];
  });
  if (missing.length === total)
    return [translate('blind.categories_all', { range: formatFrame(context) })];
  return [
    ...(unnamed > 0
      ? [translate('blind.unnamed', { n: unnamed, m: all, range: formatFrame(context) })]
      : []),
    ...sentence(
      unnamed > 0 ? 'blind.categories_named' : 'blind.categories',
      missing.map(([, label]) => label),
      context,
    ),
    ...sentence('blind.categories_few', few, context),
  ];
}

/** `Signal (n = 7)`, `Signal (all 12 measurements failed)`. */
function nameFew(label: string, rate: Extract<Rate, { kind: 'too_few' }>): string {
  const details = formatFailed(rate);
  return details === null
    ? translate('blind.with_n', { label, n: formatCount(rate.tests) })
    : translate('readout.detailed', { words: label, details });
}

function networkGaps(
  networks: readonly { readonly rate: Rate }[],
  otherNetworks: number,
  context: ViewContext,
): readonly string[] {
  const few = networks.filter(({ rate }) => rate.kind === 'too_few').length;
  return [
    ...(few > 0
      ? [
          translate('blind.networks_few', {
            n: formatCount(few),
            total: translate('count.networks', { n: networks.length }),
            floor: formatFloor(FLOORS.network),
            range: formatFrame(context),
          }),
        ]
      : []),
    ...(otherNetworks > 0
      ? [translate('blind.networks', { n: otherNetworks, range: formatFrame(context) })]
      : []),
  ];
}

function sentence(
  key:
    | 'blind.groups'
    | 'blind.tests'
    | 'blind.tests_few'
    | 'blind.categories'
    | 'blind.categories_named'
    | 'blind.categories_few',
  names: readonly string[],
  context: ViewContext,
): readonly string[] {
  if (names.length === 0) return [];
  const more = names.length - NAMED;
  const shown =
    more > 1
      ? [...names.slice(0, NAMED), translate('blind.more', { n: formatCount(more) })]
      : names;
  const list = formatList(shown);
  return [translate(key, { list, range: formatFrame(context) })];
}
