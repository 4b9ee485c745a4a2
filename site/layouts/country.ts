/** Everything the page of one country or territory shows, asked of the data at build. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { CountryCode, Day } from '../../data-build/contract/brands.ts';
import type { TableName } from '../../data-build/contract/tables.ts';
import type { BuildData } from '../engine/build-data.ts';
import { formatPlace } from '../i18n/place.ts';
import {
  methodsQuery,
  networkPeriodsQuery,
  networksQuery,
  outcomesQuery,
  testsQuery,
} from '../query/interference.ts';
import type { CountryRow } from '../query/rows.ts';
import type { ViewContext } from '../view/context.ts';
import { toMethods, type MethodsView } from '../view/methods.ts';
import { toNetworks, type NetworksView } from '../view/networks.ts';
import { toOutcomes, type OutcomesView } from '../view/outcomes.ts';
import { toRateSeries, type RateView } from '../view/rate-series.ts';
import { toSummary, type SummaryView } from '../view/summary.ts';
import { toTests, type TestsView } from '../view/tests.ts';
import { chooseGrain } from '../view/time-frame.ts';

export interface CountryViews {
  readonly context: ViewContext;
  readonly summary: SummaryView;
  readonly outcomes: OutcomesView;
  readonly rate: RateView;
  readonly tests: TestsView;
  /** Null where the source names no networks. */
  readonly networks: NetworksView | null;
  /** Null where no test says how interference showed. */
  readonly methods: MethodsView | null;
}

/**
 * Views of one country or territory over its whole time in the data: from its first test to the end of the
 * release, so that silence since the last test is seen.
 */
export async function loadCountry(
  { ask }: BuildData,
  row: CountryRow,
  dataUntil: Day,
  language = 'en',
): Promise<CountryViews> {
  const probeCc = row.probe_cc;
  const frame = {
    since: row.first_day,
    until: dataUntil,
    grain: chooseGrain(row.first_day, dataUntil),
    dataUntil,
  };
  const filter = { probe_cc: [probeCc], probe_asn: [], test_name: [], since: null, until: null };
  const scope = { probeCc };
  const periods = await ask(outcomesQuery(filter, frame.grain), scope);
  const networks = await ask(networksQuery(filter), scope);
  const cells = await ask(networkPeriodsQuery(filter, frame.grain), scope);
  const methods = await ask(methodsQuery(filter, frame.grain), scope);
  const context: ViewContext = {
    frame,
    place: formatPlace(probeCc, language),
    test: null,
    network: null,
    networkCount: row.network_count,
    language,
  };
  return {
    context,
    summary: toSummary(periods, context),
    outcomes: toOutcomes(periods, context),
    rate: toRateSeries(periods, context),
    tests: toTests(await ask(testsQuery(filter), scope), context),
    networks: networks.length === 0 ? null : toNetworks(networks, cells, context),
    methods: methods.length === 0 ? null : toMethods(methods, periods, context),
  };
}

export interface CountryDownload {
  readonly table: TableName;
  readonly format: 'csv' | 'json';
  /** Below the data folder. */
  readonly path: string;
  readonly bytes: number;
}

/** The slices of a country or territory that lie in the data folder. */
export async function listDownloads(
  folder: string,
  probeCc: CountryCode,
): Promise<readonly CountryDownload[]> {
  const tables = ['interference_country_daily', 'interference_network_daily'] as const;
  const wanted = tables.flatMap((table) =>
    (['csv', 'json'] as const).map((format) => ({
      table,
      format,
      path: `country/${probeCc}/${table}.${format}`,
    })),
  );
  const found = await Promise.all(
    wanted.map(async (file) => {
      const size = await stat(path.join(folder, file.path)).catch(() => null);
      return size === null ? [] : [{ ...file, bytes: size.size }];
    }),
  );
  return found.flat();
}
