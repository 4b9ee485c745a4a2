/** What figures of websites in a place have in common: their own days and networks, which are fewer than those of all counts. */
import { addDays, type Day } from '../../data-build/contract/brands.ts';
import {
  CATEGORY_CODES,
  TESTS,
  testSpec,
  type CategoryCode,
} from '../../data-build/contract/vocabulary.ts';
import { translate } from '../i18n/translate.ts';
import { networksQuery } from '../query/interference.ts';
import type { Query } from '../query/query.ts';
import type { Ask } from '../catalog/ask.ts';
import type { ViewContext } from '../view/context.ts';
import type { RankedView } from './rate-bars/view.ts';
import type { Days } from '../view/stretches.ts';
import { toCheckedTable, toCheckedWords, type CheckedFigure } from './checked.ts';
import { viewCounts, type Counts } from './counts.ts';
import type { FigureRequest } from './request.ts';

interface SpannedRow {
  readonly first_day: Day;
  readonly last_day: Day;
}

/** Rows of websites in a place. Null: the request is of something else. */
export async function askWebsites<Row extends SpannedRow>(
  ask: Ask,
  { subject }: FigureRequest,
  toQuery: (
    probeCc: Extract<FigureRequest['subject'], { kind: 'country' }>['probeCc'],
  ) => Query<Row>,
): Promise<Counts<Row> | null> {
  if (subject.kind !== 'country') return null;
  const { probeCc } = subject;
  const rows = await ask(toQuery(probeCc), { probeCc });
  const days = websiteDays(rows);
  if (days === null) return { networks: null, rows };
  const test_name = Object.entries(TESTS).flatMap(([name, { websites }]) =>
    websites ? [name] : [],
  );
  const filter = { probe_cc: [probeCc], probe_asn: [], test_name, ...days };
  const networks = await ask(networksQuery(filter), { probeCc });
  const measured = networks.filter(({ measurement_count }) => measurement_count > 0);
  return { networks: measured.length, rows };
}

/** The view over their own days; null where the data name no website. */
export function viewWebsites<Row extends SpannedRow, View>(
  request: FigureRequest,
  { networks, rows }: Counts<Row>,
  toView: (context: ViewContext) => View,
): View | null {
  const { frame } = request;
  const days = websiteDays(rows);
  return days === null || frame === null
    ? null
    : viewCounts({ ...request, frame: { ...frame, ...days } }, networks, toView);
}

function websiteDays(rows: readonly SpannedRow[]): Days | null {
  const [since] = rows.map(({ first_day }) => first_day).toSorted();
  const last = rows
    .map(({ last_day }) => last_day)
    .toSorted()
    .at(-1);
  return since === undefined || last === undefined ? null : { since, until: addDays(last, 1) };
}

/** Tests of websites whose counts do not name the website: `named` are those by website or category. */
export function countUnnamed(
  tests: readonly { readonly test_name: string; readonly measurement_count: number }[],
  named: readonly { readonly measurement_count: number }[],
): { readonly unnamed: number; readonly all: number } {
  const sum = (rows: readonly { readonly measurement_count: number }[]): number =>
    rows.reduce((total, { measurement_count }) => total + measurement_count, 0);
  const all = sum(tests.filter(({ test_name }) => testSpec(test_name).websites));
  return { unnamed: Math.max(0, all - sum(named)), all };
}

export function formatCategory(code: CategoryCode | null): string {
  return code === null ? translate('ranked.categories.none') : CATEGORY_CODES[code];
}

/** Where no row reaches its floor the page gives the table without the figure. */
export function toCheckedRanking(view: RankedView): CheckedFigure {
  return view.hasRate ? toCheckedWords(view) : { texts: [], tables: [toCheckedTable(view.table)] };
}
