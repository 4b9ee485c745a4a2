/** What a country page finds beyond its counts over time, computed anew: targets, methods by network, blind spots. */
import type { CountryCode } from '../../data-build/contract/brands.ts';
import { translate } from '../i18n/translate.ts';
import {
  countryCategoriesQuery,
  countryDomainsQuery,
  networkMethodsQuery,
} from '../query/entities.ts';
import { networksQuery, testsQuery, totalsQuery } from '../query/interference.ts';
import {
  askOtherNetworks,
  askWebsiteNetworks,
  testRows,
  toApps,
  toCategories,
  toDomains,
} from './affected.ts';
import type { Ask } from './ask.ts';
import { toBlindSpots } from './blind-spots.ts';
import type { FigureCheck } from './check.ts';
import { toCheckedTable, toCheckedWords, type CheckedFigure } from '../figures/checked.ts';
import type { ViewContext } from './context.ts';
import { toMethodStrip } from './method-strip.ts';
import { toNetworks } from './networks.ts';
import type { RankedView } from './rate-bars.ts';
import { toTests } from './tests.ts';

/** Websites by category or one by one. Null: the data name none. */
export async function computeWebsites(
  ask: Ask,
  { chart, context: given }: FigureCheck,
  probeCc: CountryCode,
): Promise<CheckedFigure | null> {
  const networkCount = await askWebsiteNetworks(ask, probeCc, given.frame);
  const context = { ...given, networkCount };
  const view =
    chart === 'categories'
      ? toCategories(await ask(countryCategoriesQuery(probeCc), { probeCc }), context)
      : toDomains(await ask(countryDomainsQuery(probeCc), { probeCc }), context);
  return view === null ? null : toCheckedRanking(view);
}

/** Where no row reaches its floor the page gives the table without the figure. */
function toCheckedRanking(view: RankedView): CheckedFigure {
  return view.hasRate ? toCheckedWords(view) : { texts: [], tables: [toCheckedTable(view.table)] };
}

export async function computeStrip(
  ask: Ask,
  { context }: FigureCheck,
  probeCc: CountryCode,
): Promise<CheckedFigure> {
  const grain = context.frame.grain === 'month' ? 'month' : 'week';
  const rows = await ask(networkMethodsQuery(probeCc, grain), { probeCc });
  return toCheckedWords(toMethodStrip(rows, context));
}

/** The table of apps and tools, or what was not tested. */
export async function computePlace(
  ask: Ask,
  { chart, context: given }: FigureCheck,
  probeCc: CountryCode,
): Promise<CheckedFigure | null> {
  const { since, until } = given.frame;
  const filter = { probe_cc: [probeCc], probe_asn: [], test_name: [], since, until };
  const scope = { probeCc, since, until };
  const [totals] = await ask(totalsQuery(filter), scope);
  const context: ViewContext = { ...given, networkCount: totals?.network_count ?? null };
  const tests = testRows(toTests(await ask(testsQuery(filter), scope), context));
  if (chart === 'apps') {
    const view = toApps(tests, context);
    return view === null ? null : { texts: [], tables: [toCheckedTable(view.table)] };
  }
  const { networks } = toNetworks(await ask(networksQuery(filter), scope), [], context);
  const categories = await ask(countryCategoriesQuery(probeCc), { probeCc });
  const others = await askOtherNetworks(ask, probeCc, networks);
  const { gaps, sentence, table } = toBlindSpots(tests, categories, networks, others, context);
  return {
    texts: [
      {
        where: translate('verify.where.gaps'),
        selector: '[data-part="gaps"] li',
        text: gaps.join(' '),
      },
      {
        where: translate('verify.where.sentence'),
        selector: '[data-part="noticed"]',
        text: sentence ?? '',
      },
    ],
    tables: [toCheckedTable(table)],
  };
}
