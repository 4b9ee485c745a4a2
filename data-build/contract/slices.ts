/** Paths of slices: parts of tables at addresses that never change. */
import type { InferOutput } from 'valibot';
import { count, oneOf, path, record, sha256, text, word } from './shape.ts';
import { LICENCES, type LicenceSlug } from './publishers.ts';
import { TABLES, type TableName } from './tables.ts';

/** List of all slices of a build. */
export const SLICES_FILE = 'slices.json';

/** In the order of the data page. */
export const SLICE_FORMATS = ['csv', 'json', 'parquet'] as const;
export type SliceFormat = (typeof SLICE_FORMATS)[number];

export type SliceKind = 'world' | 'country' | 'network' | 'domain';
export const SLICE_KINDS: readonly SliceKind[] = ['world', 'country', 'network', 'domain'];

/** The key of the only slice of the world. */
export const WHOLE_WORLD = 'all';

/** What each kind is cut by, which tables it has, in which formats. */
export const SLICED: Readonly<
  Record<
    SliceKind,
    { readonly tables: readonly TableName[]; readonly formats: readonly SliceFormat[] }
  >
> = {
  // Whole tables that a spreadsheet can open.
  world: {
    tables: ['events', 'networks', 'domains', 'recorded_elsewhere'],
    formats: ['csv', 'json'],
  },
  country: {
    tables: [
      'interference_country_daily',
      'interference_network_daily',
      'interference_domain_daily',
      'throughput_monthly',
      'throughput_daily',
      'circumvention_daily',
      'indicators_daily',
      'events',
      'recorded_elsewhere',
    ],
    formats: SLICE_FORMATS,
  },
  network: {
    tables: ['interference_network_daily', 'throughput_monthly', 'throughput_daily'],
    formats: ['csv', 'json'],
  },
  domain: { tables: ['domain_country_weekly'], formats: ['csv', 'json'] },
};

/** How many websites have slices, those with most measurements first. The others are only in the table. */
export const MOST_DOMAIN_SLICES = 2000;
/** Longer slices have no JSON, which a page could not hold. */
export const MOST_JSON_ROWS = 100_000;
/** Longer slices in text are given compressed: that of a large place has hundreds of megabytes, a tenth of them so. */
export const MOST_PLAIN_ROWS = 20_000;
/** What ends the path of a file that is given compressed. */
export const PACKED_ENDING = '.gz';

export const SLICE_FILE = record({
  /** Relative to the data folder: `country/KE/interference_country_daily.csv`; `….csv.gz` of a long one. */
  path,
  kind: oneOf(SLICE_KINDS),
  /** `all`, `KE`, `AS337xx`, `example.org`. */
  key: text,
  table: word(TABLES),
  licence: word(LICENCES),
  format: oneOf(SLICE_FORMATS),
  rows: count,
  bytes: count,
  sha256,
});
export type SliceFile = InferOutput<typeof SLICE_FILE>;

/** Networks whose numbers differ in the last two digits alone share a slice: 33771 is in `AS337xx`, 24 in `AS0xx`. */
export function networkGroup(asn: number): string {
  return `AS${Math.floor(asn / 100)}xx`;
}

/** Whether a website’s name can be the name of a folder. */
export function isFolderName(domain: string): boolean {
  return /^[a-z0-9](?:[a-z0-9._-]{0,200}[a-z0-9])?$/.test(domain) && !domain.includes('..');
}

/** `interference_country_daily`; `events-cc0` where rows of one table stand under several licences. */
export function sliceStem(table: TableName, licence: LicenceSlug): string {
  return TABLES[table].licence === 'row' ? `${table}-${licence}` : table;
}

/** `country/KE/events-cc0.csv`. */
export function slicePath(slice: Omit<SliceFile, 'path' | 'bytes' | 'sha256'>): string {
  const { kind, key, table, licence, format, rows } = slice;
  const packed = format !== 'parquet' && rows > MOST_PLAIN_ROWS;
  return `${kind}/${key}/${sliceStem(table, licence)}.${format}${packed ? PACKED_ENDING : ''}`;
}

/** Whether the file at a path is given compressed. */
export function isPacked(path: string): boolean {
  return path.endsWith(PACKED_ENDING);
}
