/** What to mirror of M-Lab: the IQB cache of monthly statistics, and, per country, the daily statistics. */
import { toSha256 } from '../../contract/brands.ts';
import type { Client } from '../../fetch/client.ts';
import { FetchError } from '../../fetch/retries.ts';
import type { RemoteFile } from '../../fetch/mirror.ts';
import type { DaysWish, Mirror } from '../mirror.ts';

/** Without countries: monthly statistics of every country and territory, no daily ones. */
export const MLAB_MIRROR: Mirror = { folder: 'mlab', byDay: true, list: listFiles };

interface MlabPlaces {
  /** The manifest with the SHA-256 of every file of the cache. */
  readonly manifest: string;
  /** Folder of the cache's files; null: the addresses in the manifest. */
  readonly cache: string | null;
  /** JSON listing of the statistics bucket, and the folder of its files. */
  readonly statisticsListing: string;
  readonly statistics: string;
}

const BUCKET = 'statistics-mlab-oti';

/** The publisher's places, or the same layout under another root. */
function findPlaces(endpoint: string | undefined): MlabPlaces {
  const root = endpoint ?? 'https://storage.googleapis.com/';
  return {
    manifest:
      endpoint === undefined
        ? 'https://raw.githubusercontent.com/m-lab/iqb/main/data/state/ghremote/manifest.json'
        : new URL('manifest.json', endpoint).href,
    cache: endpoint ?? null,
    statisticsListing: new URL(`storage/v1/b/${BUCKET}/o`, root).href,
    statistics: new URL(`${BUCKET}/`, root).href,
  };
}

/** By country and by country and network; finer cuts are not published here. */
const IQB_KEY =
  /^cache\/v1\/(\d{4})(\d{2})\d{2}T000000Z\/\d{8}T000000Z\/(?:down|up)loads_by_country(?:_asn)?\/(?:data\.parquet|stats\.json)$/;

async function* listFiles(wish: DaysWish): AsyncGenerator<RemoteFile> {
  const { client } = wish;
  const places = findPlaces(wish.endpoint);
  yield* await listIqb(client, places, wish);
  if (wish.countries.length > 0) yield* listStatistics(client, places, wish);
}

async function listIqb(
  client: Client,
  places: MlabPlaces,
  wish: DaysWish,
): Promise<readonly RemoteFile[]> {
  const entries = member(parseJson(await client.getText(places.manifest)), 'files');
  if (typeof entries !== 'object' || entries === null) {
    throw new FetchError(
      `${places.manifest} is not a manifest of the IQB cache.`,
      'Check --endpoint: it must be the folder that holds manifest.json.',
    );
  }
  const files: RemoteFile[] = [];
  for (const [key, entry] of Object.entries(entries)) {
    const match = IQB_KEY.exec(key);
    if (match === null) continue;
    const month = `${match[1]}-${match[2]}`;
    if (month < wish.since.slice(0, 7) || `${month}-01` >= wish.until) continue;
    const url = places.cache === null ? member(entry, 'url') : new URL(key, places.cache).href;
    const sha256 = member(entry, 'sha256');
    if (typeof url !== 'string') continue;
    files.push({
      url,
      path: `iqb/${key}`,
      size: null,
      etag: null,
      sha256: typeof sha256 === 'string' ? toSha256(sha256) : null,
    });
  }
  return files;
}

/** Paths begin with a continent. It comes from the listing, so that we need no table of continents. */
async function* listStatistics(
  client: Client,
  places: MlabPlaces,
  wish: DaysWish,
): AsyncGenerator<RemoteFile> {
  const continents = await listLevel(client, places, 'v0/');
  for (const continent of continents.prefixes.filter((each) => /^v0\/[A-Z]{2}\/$/.test(each))) {
    for (const country of wish.countries) {
      const { prefixes } = await listLevel(client, places, `${continent}${country}/`);
      for (const prefix of prefixes) {
        const year = /\/(\d{4})\/$/.exec(prefix)?.[1];
        if (year === undefined || year < wish.since.slice(0, 4) || `${year}-01-01` >= wish.until) {
          continue;
        }
        const { items } = await listLevel(client, places, prefix);
        for (const item of items) {
          if (!item.name.endsWith('/histogram_daily_stats.json')) continue;
          yield {
            url: new URL(item.name, places.statistics).href,
            path: `statistics/${item.name}`,
            size: item.size,
            etag: null,
            sha256: null,
          };
        }
      }
    }
  }
}

interface Level {
  readonly prefixes: readonly string[];
  readonly items: readonly { readonly name: string; readonly size: number | null }[];
}

async function listLevel(client: Client, places: MlabPlaces, prefix: string): Promise<Level> {
  const prefixes: string[] = [];
  const items: { name: string; size: number | null }[] = [];
  let next: string | null = null;
  do {
    const url = new URL(places.statisticsListing);
    url.searchParams.set('prefix', prefix);
    url.searchParams.set('delimiter', '/');
    if (next !== null) url.searchParams.set('pageToken', next);
    const page = parseJson(await client.getText(url.href));
    for (const each of list(member(page, 'prefixes')))
      if (typeof each === 'string') prefixes.push(each);
    for (const each of list(member(page, 'items'))) {
      const [name, size] = [member(each, 'name'), Number(member(each, 'size'))];
      if (typeof name === 'string')
        items.push({ name, size: Number.isSafeInteger(size) ? size : null });
    }
    const token = member(page, 'nextPageToken');
    next = typeof token === 'string' && token !== next ? token : null;
  } while (next !== null);
  return { prefixes, items };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
