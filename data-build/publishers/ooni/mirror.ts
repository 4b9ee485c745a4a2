/** What to mirror of OONI's public bucket: the monthly export, or raw files filtered when listing. */
import { addDays, type Day } from '../../contract/brands.ts';
import type { Client } from '../../fetch/client.ts';
import { FetchError } from '../../fetch/retries.ts';
import type { RemoteFile } from '../../fetch/mirror.ts';
import type { DaysWish, Mirror } from '../mirror.ts';
import { listObjects, listPrefixes, type S3Object } from '../../fetch/s3-listing.ts';

const ENDPOINT = 'https://ooni-data-eu-fra.s3.eu-central-1.amazonaws.com/';
/** From this upload day on files lie under `raw/`, before it under `jsonl/`. */
const RAW_SINCE = '2020-10-21';

/** Days are those of the upload; names of tests may lack underscores. */
export const OONI_MIRROR: Mirror = { folder: 'ooni', byTest: true, byDay: true, list };

/** The monthly exports that exist, else raw files. Raw files need a filter, since the world is too large. */
async function* list(wish: DaysWish): AsyncGenerator<RemoteFile> {
  const { client, log, endpoint = ENDPOINT } = wish;
  const filtered = wish.countries.length > 0 || wish.tests.length > 0;
  for (const month of monthsOf(wish)) {
    if (!filtered) {
      const file = await findExport(client, endpoint, month.name);
      if (file !== null) {
        yield file;
        continue;
      }
      log(`The monthly export of ${month.name} does not exist; fetching raw files instead.`);
      throw new FetchError(
        `There is no monthly export of ${month.name}, and raw files of the whole world are too many.`,
        'Name what you need with --country or --test.',
      );
    }
    for (let day = month.since; day < month.until; day = addDays(day, 1)) {
      yield* listDay(client, endpoint, day, wish);
    }
  }
}

async function findExport(
  client: Client,
  endpoint: string,
  month: string,
): Promise<RemoteFile | null> {
  const path = `clickhouse_export/csv/fastpath_${month.replace('-', '')}.csv.zstd`;
  const url = new URL(path, endpoint).href;
  const answer = await client.head(url);
  if (!answer.ok) return null;
  const size = Number(answer.headers.get('content-length') ?? Number.NaN);
  return {
    url,
    path,
    size: Number.isSafeInteger(size) ? size : null,
    etag: answer.headers.get('etag'),
    sha256: null,
  };
}

async function* listDay(
  client: Client,
  endpoint: string,
  day: Day,
  wish: DaysWish,
): AsyncGenerator<RemoteFile> {
  const prefixes =
    day >= RAW_SINCE ? rawPrefixes(day, wish) : await jsonlPrefixes(client, endpoint, day, wish);
  for (const prefix of prefixes) {
    for await (const object of listObjects(client, endpoint, prefix)) {
      if (isWanted(object, wish)) {
        yield {
          url: new URL(object.key.split('/').map(encodeURIComponent).join('/'), endpoint).href,
          path: object.key,
          size: object.size,
          etag: object.etag,
          sha256: null,
        };
      }
    }
  }
}

/** A day has a few pages of listing. Listing by hour is shorter only for a few countries. */
function rawPrefixes(day: Day, wish: DaysWish): readonly string[] {
  const root = `raw/${day.replaceAll('-', '')}/`;
  if (wish.countries.length === 0 || wish.countries.length > 3) return [root];
  return Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0')).flatMap((hour) =>
    wish.countries.map((country) => `${root}${hour}/${country}/`),
  );
}

async function jsonlPrefixes(
  client: Client,
  endpoint: string,
  day: Day,
  wish: DaysWish,
): Promise<readonly string[]> {
  const tests =
    wish.tests.length > 0
      ? wish.tests.map((test) => `jsonl/${pathName(test)}/`)
      : await listPrefixes(client, endpoint, 'jsonl/');
  const places: string[] = [];
  for (const test of tests) {
    if (wish.countries.length > 0) places.push(...wish.countries.map((cc) => `${test}${cc}/`));
    else places.push(...(await listPrefixes(client, endpoint, test)));
  }
  return places.map((place) => `${place}${day.replaceAll('-', '')}/`);
}

const RAW_KEY = /^raw\/\d{8}\/\d{2}\/([A-Z]{2})\/([a-z0-9]+)\/[^/]+\.jsonl\.gz$/;
const OLD_KEY = /^jsonl\/([a-z0-9]+)\/([A-Z]{2})\/\d{8}\/\d{2}\/[^/]+\.jsonl\.gz$/;

/** Only JSONL: the tar.gz beside it holds the same measurements. */
function isWanted(object: S3Object, wish: DaysWish): boolean {
  const raw = RAW_KEY.exec(object.key);
  const old = OLD_KEY.exec(object.key);
  const [country, test] = raw === null ? [old?.[2], old?.[1]] : [raw[1], raw[2]];
  if (country === undefined || test === undefined) return false;
  return (
    (wish.countries.length === 0 || wish.countries.some((each) => each === country)) &&
    (wish.tests.length === 0 || wish.tests.some((each) => pathName(each) === test))
  );
}

/** Paths write test names without underscores. */
function pathName(test: string): string {
  return test.replaceAll('_', '').toLowerCase();
}

interface Month {
  /** `YYYY-MM`. */
  readonly name: string;
  readonly since: Day;
  readonly until: Day;
}

function monthsOf(wish: Pick<DaysWish, 'since' | 'until'>): readonly Month[] {
  const months: Month[] = [];
  for (let day = wish.since; day < wish.until; day = addDays(day, 1)) {
    const name = day.slice(0, 7);
    const last = months[months.length - 1];
    if (last?.name === name) months[months.length - 1] = { ...last, until: addDays(day, 1) };
    else months.push({ name, since: day, until: addDays(day, 1) });
  }
  return months;
}
