/** Single websites of a place: how often tests of each showed signs of interference. */
import { formatDomain } from '../../../data-build/words/domain.ts';
import { layoutTests } from '../rate-bars/layout.ts';
import { countryDomainsQuery, type CountryDomainRow } from '../../query/domains.ts';
import { selectRanked, toRankedView, type RankedView } from '../rate-bars/view.ts';
import { ofTests, type Counts } from '../counts.ts';
import type { DrawnFigure } from '../figure.ts';
import { askWebsites, formatCategory, toCheckedRanking, viewWebsites } from '../websites.ts';

export const domains: DrawnFigure<Counts<CountryDomainRow>, RankedView> = {
  name: 'domains',
  heading: 'chart.domains.name',
  tables: ['interference_domain_daily'],
  sources: ofTests,
  ask: (ask, request) => askWebsites(ask, request, countryDomainsQuery),
  view(counts, request) {
    const entries = counts.rows.map((row) => ({
      ...row,
      key: row.domain,
      label: formatDomain(row.domain),
      kind: formatCategory(row.category_code),
    }));
    return viewWebsites(request, counts, (context) => toRankedView('domains', entries, context));
  },
  layout: layoutTests,
  select: selectRanked,
  checked: toCheckedRanking,
};
