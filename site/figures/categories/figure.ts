/** Websites of a place by category: how often tests of each showed signs of interference. */
import { layoutTests } from '../rate-bars/layout.ts';
import { countryCategoriesQuery, type CountryCategoryRow } from '../../query/domains.ts';
import { selectRanked, toRankedView, UNLISTED, type RankedView } from '../rate-bars/view.ts';
import { ofTests, type Counts } from '../counts.ts';
import type { DrawnFigure } from '../figure.ts';
import { askWebsites, formatCategory, toCheckedRanking, viewWebsites } from '../websites.ts';

export const categories: DrawnFigure<Counts<CountryCategoryRow>, RankedView> = {
  name: 'categories',
  heading: 'chart.categories.name',
  tables: ['interference_domain_daily'],
  sources: ofTests,
  ask: (ask, request) => askWebsites(ask, request, countryCategoriesQuery),
  view(counts, request) {
    const entries = counts.rows.map((row) => ({
      ...row,
      key: row.category_code ?? UNLISTED,
      label: formatCategory(row.category_code),
      kind: String(row.domain_count),
    }));
    return viewWebsites(request, counts, (context) => toRankedView('categories', entries, context));
  },
  layout: layoutTests,
  select: selectRanked,
  checked: toCheckedRanking,
};
