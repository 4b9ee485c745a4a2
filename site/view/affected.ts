/** What is affected in one country or territory: websites by category, single websites, apps and tools. */
import { addDays, type Asn, type CountryCode, type Day } from '../../data-build/contract/brands.ts';
import {
  CATEGORY_CODES,
  TESTS,
  testSpec,
  type CategoryCode,
} from '../../data-build/contract/vocabulary.ts';
import { translate } from '../i18n/translate.ts';
import {
  placeNetworksQuery,
  type CountryCategoryRow,
  type CountryDomainRow,
} from '../query/entities.ts';
import { networksQuery } from '../query/interference.ts';
import type { TestRow } from '../query/rows.ts';
import type { Ask } from '../catalog/ask.ts';
import type { ViewContext } from './context.ts';
import { toRankedView, type RankedView } from './rate-bars.ts';
import { toTests, type TestsView } from './tests.ts';

export function formatCategory(code: CategoryCode | null): string {
  return code === null ? translate('ranked.categories.none') : CATEGORY_CODES[code];
}

/** Null where the data name no website. */
export function toCategories(
  rows: readonly CountryCategoryRow[],
  context: ViewContext,
): RankedView | null {
  if (rows.length === 0) return null;
  const entries = rows.map((row) => ({
    ...row,
    key: row.category_code ?? 'none',
    label: formatCategory(row.category_code),
    kind: String(row.domain_count),
  }));
  return toRankedView('categories', entries, context);
}

/** Null where the data name no website. */
export function toDomains(
  rows: readonly CountryDomainRow[],
  context: ViewContext,
): RankedView | null {
  if (rows.length === 0) return null;
  const entries = rows.map((row) => ({
    ...row,
    key: row.domain,
    label: row.domain,
    kind: formatCategory(row.category_code),
  }));
  return toRankedView('domains', entries, context);
}

/** Apps and circumvention tools alone; null where none was run. */
export function toApps(rows: readonly TestRow[], context: ViewContext): TestsView | null {
  const apps = rows.filter(({ test_name }) =>
    ['apps', 'circumvention'].includes(testSpec(test_name).group),
  );
  return apps.length === 0 ? null : toTests(apps, context);
}

/** All tests of a view, in its order. */
export function testRows({ groups }: TestsView): readonly TestRow[] {
  return groups.flatMap(({ tests }) => tests.map(({ row }) => row));
}

/** First and last day of tests that name a website, which are fewer than all; null where none does. */
export function websiteDays(
  rows: readonly CountryDomainRow[],
): { readonly since: Day; readonly until: Day } | null {
  const [since] = rows.map(({ first_day }) => first_day).toSorted();
  const last = rows
    .map(({ last_day }) => last_day)
    .toSorted()
    .at(-1);
  return since === undefined || last === undefined ? null : { since, until: addDays(last, 1) };
}

/** Networks with tests of websites in these days. */
export async function askWebsiteNetworks(
  ask: Ask,
  probeCc: CountryCode,
  { since, until }: { readonly since: Day; readonly until: Day },
): Promise<number> {
  const test_name = Object.entries(TESTS).flatMap(([name, { websites }]) =>
    websites ? [name] : [],
  );
  const filter = { probe_cc: [probeCc], probe_asn: [], test_name, since, until };
  const rows = await ask(networksQuery(filter), { probeCc });
  return rows.filter(({ measurement_count }) => measurement_count > 0).length;
}

/** Networks of the place with nothing but unscored measurements; `scored` are the others. */
export async function askOtherNetworks(
  ask: Ask,
  probeCc: CountryCode,
  scored: readonly { readonly probe_asn: Asn }[],
): Promise<number> {
  const known = new Set(scored.map(({ probe_asn }) => probe_asn));
  const rows = await ask(placeNetworksQuery(probeCc), { probeCc });
  return rows.filter(({ probe_asn }) => !known.has(probe_asn)).length;
}
