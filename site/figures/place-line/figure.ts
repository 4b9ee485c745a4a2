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
    const counts = await askCounts(ask, request, TESTS);
    if (subject.kind !== 'country' || counts === null) return null;
    const { probeCc } = subject;
    return { ...counts, categories: await ask(countryCategoriesQuery(probeCc), { probeCc }) };
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
