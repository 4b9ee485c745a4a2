/** A place in one line. */
import { touchesDays } from '../../../data-build/contract/detected-event.ts';
import {
  countryCategoriesQuery,
  countryDomainsQuery,
  type CountryCategoryRow,
} from '../../query/domains.ts';
import type { TestRow } from '../../query/rows.ts';
import { testEventsQuery, testEventsScope } from '../../query/witnesses.ts';
import { toCheckedWords } from '../checked.ts';
import { askCounts, ofTests, TESTS, viewCounts, type Counts } from '../counts.ts';
import type { DrawnFigure } from '../figure.ts';
import { countUnnamed } from '../websites.ts';
import { layoutPlaceLine } from './layout.ts';
import { risenCells, toLineGroups } from './levels.ts';
import { toPlaceLine, type PlaceLineView } from './view.ts';

interface PlaceLineAnswer extends Counts<TestRow> {
  readonly categories: readonly CountryCategoryRow[];
  /** Keys of cells with an event in these days. */
  readonly risen: readonly string[];
}

export const placeLine: DrawnFigure<PlaceLineAnswer, PlaceLineView> = {
  name: 'place-line',
  heading: 'chart.place_line.name',
  tables: ['interference_country_daily', 'interference_domain_daily'],
  sources: ofTests,
  async ask(ask, request) {
    const { subject } = request;
    if (subject.kind !== 'country') return null;
    const { probeCc } = subject;
    const [counts, categories, events, websites] = await Promise.all([
      askCounts(ask, request, TESTS),
      ask(countryCategoriesQuery(probeCc), { probeCc }),
      ask(testEventsQuery(probeCc), testEventsScope(probeCc)),
      ask(countryDomainsQuery(probeCc), { probeCc }),
    ]);
    if (counts === null) return null;
    const { since, until } = request.frame ?? {};
    const listed = new Map(websites.map(({ domain, category_code }) => [domain, category_code]));
    const risen = risenCells(
      events.filter(
        (event) => since === undefined || until === undefined || touchesDays(event, since, until),
      ),
      (domain) => listed.get(domain) ?? null,
    );
    return { ...counts, categories, risen: [...risen] };
  },
  view({ networks, rows, categories, risen }, request) {
    const groups = toLineGroups(
      new Map(rows.map((row) => [row.test_name, row])),
      new Map(
        categories.flatMap((row) => (row.category_code === null ? [] : [[row.category_code, row]])),
      ),
      networks,
      new Set(risen),
      countUnnamed(rows, categories).unnamed,
    );
    return viewCounts(request, networks, (context) => toPlaceLine(groups, context));
  },
  layout: layoutPlaceLine,
  // A line of single things: there is no series to leave out and no row to tick.
  select: (view) => view,
  checked: toCheckedWords,
};
