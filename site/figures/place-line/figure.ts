/** A place in one line. */
import { countryCategoriesQuery, type CountryCategoryRow } from '../../query/domains.ts';
import type { TestRow } from '../../query/rows.ts';
import { toCheckedWords } from '../checked.ts';
import { askCounts, ofTests, TESTS, viewCounts, type Counts } from '../counts.ts';
import type { DrawnFigure } from '../figure.ts';
import { layoutPlaceLine } from './layout.ts';
import { toLineGroups } from './levels.ts';
import { toPlaceLine, type PlaceLineView } from './view.ts';

interface PlaceLineAnswer extends Counts<TestRow> {
  readonly categories: readonly CountryCategoryRow[];
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
    const [counts, categories] = await Promise.all([
      askCounts(ask, request, TESTS),
      ask(countryCategoriesQuery(probeCc), { probeCc }),
    ]);
    return counts === null ? null : { ...counts, categories };
  },
  view({ networks, rows, categories }, request) {
    const groups = toLineGroups(
      new Map(rows.map((row) => [row.test_name, row])),
      new Map(
        categories.flatMap((row) => (row.category_code === null ? [] : [[row.category_code, row]])),
      ),
      networks,
    );
    return viewCounts(request, networks, (context) => toPlaceLine(groups, context));
  },
  layout: layoutPlaceLine,
  // A line of single things: there is no series to leave out and no row to tick.
  select: (view) => view,
  checked: toCheckedWords,
};
