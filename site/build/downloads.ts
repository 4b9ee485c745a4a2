/** What can be downloaded of a page: slices at stable addresses, and the whole tables behind a chart. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  isPacked,
  networkGroup,
  SLICED,
  SLICE_FORMATS,
  SLICES_FILE,
  WHOLE_WORLD,
  sliceStem,
  type SliceFile,
  type SliceFormat,
  type SliceKind,
} from '../../data-build/contract/slices.ts';
import type { LicenceSlug } from '../../data-build/contract/publishers.ts';
import { TABLES, type TableName } from '../../data-build/contract/tables.ts';
import { totalBytes } from '../catalog/files.ts';
import { parseSlices, slicesOf } from '../catalog/slices.ts';
import type { BuildData } from '../engine/build-data.ts';
import { dataHref, href } from './address.ts';

/** What a page is about, where there are slices of it. */
export interface SliceScope {
  readonly kind: SliceKind;
  readonly key: string;
}

/** One table in all forms it can be had in. */
export interface Offer {
  readonly table: TableName;
  readonly licence: LicenceSlug;
  /** What of the table: `KE`, `AS337xx`; null: all of it. */
  readonly key: string | null;
  readonly rows: number;
  readonly links: readonly {
    readonly format: SliceFormat;
    readonly href: string;
    readonly bytes: number;
    /** Null where several files stand behind the link. */
    readonly sha256: string | null;
  }[];
}

let loaded: Promise<ReadonlyMap<string, readonly SliceFile[]>> | undefined;

/** Slices of the data folder by `kind/key`, read once. A folder without the list has none. */
export async function loadSlices(
  folder: string,
): Promise<ReadonlyMap<string, readonly SliceFile[]>> {
  loaded ??= readFile(path.join(folder, SLICES_FILE), 'utf8')
    .then((text): unknown => JSON.parse(text))
    .catch(() => null)
    .then((json) => Map.groupBy(parseSlices(json), ({ kind, key }) => `${kind}/${key}`));
  return loaded;
}

/** `/base/network/AS33771/` → its group of networks; null for pages that have no slices. */
export function scopeOf(pathname: string): SliceScope | null {
  const [, kind, name = ''] = /\/(country|network|domain)\/([^/]+)\/$/.exec(pathname) ?? [];
  const key = decodeURIComponent(name);
  if (kind === 'country' || kind === 'domain') return { kind, key };
  if (kind !== 'network' || !/^AS\d+$/.test(key)) return null;
  return { kind, key: networkGroup(Number(key.slice(2))) };
}

function toOffer([first, ...rest]: readonly SliceFile[]): readonly Offer[] {
  if (first === undefined) return [];
  const files = [first, ...rest];
  return [
    {
      table: first.table,
      licence: first.licence,
      key: first.key,
      rows: first.rows,
      links: SLICE_FORMATS.flatMap((format) =>
        files
          .filter((file) => file.format === format)
          .map(({ path: file, bytes, sha256 }) => ({
            format,
            href: dataHref(file),
            bytes,
            sha256,
          })),
      ),
    },
  ];
}

/** Everything at stable addresses about the page’s subject, table by table. */
export async function listOffers(data: BuildData, scope: SliceScope): Promise<readonly Offer[]> {
  const slices = (await loadSlices(data.folder)).get(`${scope.kind}/${scope.key}`) ?? [];
  const groups = Map.groupBy(slicesOf(slices, scope.kind, scope.key), ({ table, licence }) =>
    sliceStem(table, licence),
  );
  const order = SLICED[scope.kind].tables;
  return [...groups.values()]
    .flatMap(toOffer)
    .toSorted((a, b) => order.indexOf(a.table) - order.indexOf(b.table));
}

/** On the pages of networks and websites every chart of tests comes from the one table that is cut by them. */
const TABLE_OF_KIND: Readonly<Partial<Record<SliceKind, TableName>>> = {
  network: 'interference_network_daily',
  domain: 'domain_country_weekly',
};

/** The tables behind a chart, cut to the page’s subject where there are slices of it, else whole. */
export async function wholeTables(
  data: BuildData,
  pathname: string,
  tables: readonly TableName[],
): Promise<readonly Offer[]> {
  const scope = scopeOf(pathname);
  const of = scope === null ? undefined : TABLE_OF_KIND[scope.kind];
  const wanted = new Set(
    tables.map((table) => (of !== undefined && TABLES[table].counts ? of : table)),
  );
  const offers = scope === null ? [] : await listOffers(data, scope);
  const whole = await listOffers(data, WORLD);
  return [...wanted].flatMap((table) => {
    const own = offers.filter((offer) => offer.table === table);
    return own.length > 0 ? own : wholeTable(data, table, whole);
  });
}

/** The slices of whole tables in text. */
export const WORLD: SliceScope = { kind: 'world', key: WHOLE_WORLD };

function wholeTable(
  { manifest }: BuildData,
  table: TableName,
  texts: readonly Offer[],
): readonly Offer[] {
  const groups = Map.groupBy(
    manifest.files.filter((file) => file.table === table),
    ({ licence }) => licence,
  );
  return [...groups].map(([licence, files]) => {
    const [first] = files;
    const single = files.length === 1 && first !== undefined ? first : null;
    return {
      table,
      licence,
      key: null,
      rows: files.reduce((sum, file) => sum + file.rows, 0),
      links: [
        ...texts
          .filter((offer) => offer.table === table && offer.licence === licence)
          .flatMap(({ links }) => links),
        {
          format: 'parquet',
          href: single === null ? `${href('data/')}#${table}` : dataHref(single.path),
          bytes: totalBytes(files),
          sha256: single?.sha256 ?? null,
        },
      ],
    };
  });
}

/** Path of a short CSV slice of a country or territory, which comes as JSON and Parquet, too; undefined when there is none. */
export async function firstSlice({ folder }: BuildData): Promise<string | undefined> {
  const all = [...(await loadSlices(folder)).values()].flat();
  const csv = all.filter(
    ({ kind, format, path: file }) => kind === 'country' && format === 'csv' && !isPacked(file),
  );
  return (csv.find(({ table }) => table === 'interference_country_daily') ?? csv[0])?.path;
}
