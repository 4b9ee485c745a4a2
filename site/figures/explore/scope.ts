/** Whose measurements the chart builder counts, in words. */
import { formatPlace } from '../../../data-build/words/place.ts';
import { translate } from '../../i18n/translate.ts';
import type { ExploreQuestion } from '../../query/explore-question.ts';
import type { ViewContext } from '../../view/context.ts';
import { formatAsn, formatItems, formatList } from '../../view/format.ts';
import { formatTests } from '../counts.ts';

/** So many names are spelled out; more are counted. */
const NAMED = 3;

export function toScope(
  question: ExploreQuestion,
): Pick<ViewContext, 'place' | 'test' | 'network'> {
  return {
    place: formatPlaces(question),
    test: formatTarget(question),
    network: formatNetworks(question),
  };
}

function formatPlaces({ filter }: ExploreQuestion): string | null {
  const { probe_cc } = filter;
  if (probe_cc.length === 0) return null;
  if (probe_cc.length > NAMED) return translate('explore.scope.places', { n: probe_cc.length });
  return formatList(probe_cc.map((code) => formatPlace(code)));
}

/** Websites, categories or tests, whatever is narrowest. */
function formatTarget({ filter }: ExploreQuestion): string | null {
  const websites = [...filter.domain, ...filter.input, ...filter.category_code];
  if (websites.length > NAMED) return translate('explore.scope.some', { n: websites.length });
  if (websites.length > 0) return formatItems(websites);
  return formatTests(filter.test_name);
}

function formatNetworks({ filter }: ExploreQuestion): string | null {
  const { probe_asn } = filter;
  if (probe_asn.length === 0) return null;
  return probe_asn.length > NAMED
    ? translate('scope.some_networks', { n: probe_asn.length })
    : formatItems(probe_asn.map(formatAsn));
}
