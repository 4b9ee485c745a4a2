/** What a page says of its data to machines: schema.org `Dataset` and `citation_*` tags. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { addDays } from '../../data-build/contract/brands.ts';
import type { Manifest } from '../../data-build/contract/manifest.ts';
import { LICENCES, PUBLISHERS } from '../../data-build/contract/publishers.ts';
import {
  citationOf,
  contributors,
  syntheticNotice,
  techniqueOf,
} from '../../data-build/contract/publisher-words.ts';
import { isPacked } from '../../data-build/contract/slices.ts';
import { describeColumn } from '../../data-build/contract/table-words.ts';
import { tableColumns, type TableName } from '../../data-build/contract/tables.ts';
import type { BuildData } from '../engine/build-data.ts';
import { ATLAS, type Citable } from '../export/citation.ts';
import { MEDIA_TYPES, toDataset, type DatasetFile, type DatasetSpec } from '../export/dataset.ts';
import { pageLanguage } from '../../data-build/words/language.ts';
import { translate } from '../i18n/translate.ts';
import { formatDayRange } from '../view/format.ts';
import { dataHref } from './address.ts';
import type { Offer } from './downloads.ts';

/** Tables of more files than this are named by the catalogue that lists them. */
const MOST_LISTED = 12;
/** Lists of files, with the media types they are served as. */
const CATALOGUES = [
  ['catalog.jsonld', 'application/ld+json'],
  ['datapackage.json', 'application/json'],
  ['slices.json', 'application/json'],
] as const;

export interface DatasetInput {
  readonly name: string;
  readonly description: string;
  readonly place: DatasetSpec['place'];
  readonly tables: readonly TableName[];
  readonly files: readonly DatasetFile[];
  /** Address of the page. */
  readonly url: string;
}

/** Address of a file: absolute where the site knows its own. */
function fileUrl(site: URL | undefined, address: string): string {
  return site === undefined ? address : new URL(address, site).href;
}

/** The slices of a page. */
export function offerFiles(
  offers: readonly Offer[],
  site: URL | undefined,
): readonly DatasetFile[] {
  return offers.flatMap(({ table, licence, links }) =>
    links.flatMap(({ format, href, bytes, sha256 }) =>
      // Its rows are those of the CSV.
      sha256 === null || format === 'json'
        ? []
        : [
            {
              url: fileUrl(site, href),
              name: `${table} (${format})`,
              encodingFormat: isPacked(href) ? 'application/gzip' : MEDIA_TYPES[format],
              bytes,
              sha256,
              licenceUrl: LICENCES[licence].url,
            },
          ],
    ),
  );
}

/** The files of the whole release: tables of few files, and the catalogues that list all. */
export async function releaseFiles(
  { manifest, folder }: BuildData,
  site: URL | undefined,
): Promise<readonly DatasetFile[]> {
  const byTable = Map.groupBy(manifest.files, ({ table }) => table);
  const tables = manifest.files
    .filter(({ table }) => (byTable.get(table)?.length ?? 0) <= MOST_LISTED)
    .map((file) => ({
      url: fileUrl(site, dataHref(file.path)),
      name: file.path,
      encodingFormat: MEDIA_TYPES.parquet,
      bytes: file.bytes,
      sha256: file.sha256,
      licenceUrl: LICENCES[file.licence].url,
    }));
  const sums = await readFile(path.join(folder, 'SHA256SUMS'), 'utf8').catch(() => '');
  const catalogues = await Promise.all(
    CATALOGUES.map(async ([name, encodingFormat]): Promise<readonly DatasetFile[]> => {
      const [, sha256] = new RegExp(`^([0-9a-f]{64}) {2}${name}$`, 'm').exec(sums) ?? [];
      const text = await readFile(path.join(folder, name)).catch(() => null);
      if (sha256 === undefined || text === null) return [];
      return [
        {
          url: fileUrl(site, dataHref(name)),
          name,
          encodingFormat,
          bytes: text.byteLength,
          sha256,
          licenceUrl: LICENCES.cc0.url,
        },
      ];
    }),
  );
  return [...catalogues.flat(), ...tables];
}

/** Columns that hold something measured; of the quantiles the middle one stands for all. */
function variablesOf(tables: readonly TableName[]): DatasetSpec['variables'] {
  const found = new Map(
    tables
      .flatMap((table) => tableColumns(table))
      .filter(({ name, unit }) => unit !== null && !/_p(?!50$)\d\d$/.test(name))
      .map(({ name }) => {
        const { about, unit } = describeColumn(name);
        return [name, { name, description: about, unit }];
      }),
  );
  return [...found.values()];
}

/** The `Dataset` of a page, as a JSON-LD value. */
export function describeDataset(
  manifest: Manifest,
  { name, description, place, tables, files, url }: DatasetInput,
): Readonly<Record<string, unknown>> {
  const { since, until, sources, synthetic } = manifest;
  const licences = new Set(files.map(({ licenceUrl }) => licenceUrl));
  return toDataset({
    name,
    description: synthetic ? `${syntheticNotice()} ${description}` : description,
    url,
    version: manifest.data_version,
    licences: Object.values(LICENCES).filter((licence) => licences.has(licence.url)),
    since: since ?? '',
    last: until === null ? '' : addDays(until, -1),
    place,
    variables: variablesOf(tables),
    techniques: sources.map(({ id }) => techniqueOf(id)),
    basedOn: sources.map(({ id, url: address }) => ({ name: PUBLISHERS[id].name, url: address })),
    citations: sources.map(({ id, since: from, until: to }) =>
      citationOf(id, from === null || to === null ? '' : formatDayRange(from, to)),
    ),
    files,
  });
}

/** The whole release, as it is cited. `page` is the absolute address of the page about the data. */
export function citeRelease(manifest: Manifest, page: string): Citable {
  return {
    title: translate('cite.world'),
    dataVersion: manifest.data_version,
    url: `${page}?release=${manifest.data_version}`,
    synthetic: manifest.synthetic,
    sources: manifest.sources.map(({ id, since, until }) => ({
      name: PUBLISHERS[id].name,
      publisher: PUBLISHERS[id].publisher,
      url: PUBLISHERS[id].url,
      citation: citationOf(
        id,
        since === null || until === null ? '' : formatDayRange(since, until),
      ),
      licence: LICENCES[PUBLISHERS[id].licence].name,
    })),
  };
}

/** Name and content of the tags that scholarly search engines read. */
export function citationTags(
  manifest: Manifest,
  url: string | null,
): readonly (readonly [string, string])[] {
  return [
    ['citation_author', contributors()],
    ['citation_publisher', ATLAS],
    ['citation_publication_date', manifest.data_version.slice(0, 10).replaceAll('-', '/')],
    ['citation_language', pageLanguage()],
    ['citation_keywords', 'internet censorship; network interference; open data'],
    ['citation_technical_report_number', manifest.data_version],
    ...(url === null ? [] : [['citation_public_url', url] as const]),
  ];
}
