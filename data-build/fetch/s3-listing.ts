/** The plain, anonymous listing of a public S3 bucket (ListObjectsV2). */
import { XMLParser } from 'fast-xml-parser';
import type { Client } from './client.ts';
import { FetchError } from './retries.ts';

export interface S3Object {
  readonly key: string;
  readonly size: number;
  readonly etag: string | null;
}

export interface S3Page {
  readonly objects: readonly S3Object[];
  /** Common prefixes, when a delimiter was asked for. */
  readonly prefixes: readonly string[];
  readonly next: string | null;
}

const xml = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  isArray: (name) => name === 'Contents' || name === 'CommonPrefixes',
});

/** One page of a listing; null when the text is no listing. */
export function parseListing(text: string): S3Page | null {
  let document: unknown;
  try {
    document = xml.parse(text);
  } catch {
    return null;
  }
  const result = field(document, 'ListBucketResult');
  if (result === undefined) return null;
  const objects: S3Object[] = [];
  for (const entry of list(field(result, 'Contents'))) {
    const key = field(entry, 'Key');
    const size = Number(field(entry, 'Size'));
    const etag = field(entry, 'ETag');
    if (typeof key !== 'string' || !Number.isSafeInteger(size)) continue;
    objects.push({ key, size, etag: typeof etag === 'string' ? etag : null });
  }
  const prefixes = list(field(result, 'CommonPrefixes')).flatMap((entry) => {
    const prefix = field(entry, 'Prefix');
    return typeof prefix === 'string' ? [prefix] : [];
  });
  const token = field(result, 'NextContinuationToken');
  const truncated = field(result, 'IsTruncated') === 'true';
  return { objects, prefixes, next: truncated && typeof token === 'string' ? token : null };
}

/** Every object under a prefix, page by page. */
export async function* listObjects(
  client: Client,
  endpoint: string,
  prefix: string,
): AsyncGenerator<S3Object> {
  for await (const page of listPages(client, endpoint, prefix, null)) yield* page.objects;
}

/** The next level of names under a prefix. */
export async function listPrefixes(
  client: Client,
  endpoint: string,
  prefix: string,
): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const page of listPages(client, endpoint, prefix, '/')) found.push(...page.prefixes);
  return found;
}

async function* listPages(
  client: Client,
  endpoint: string,
  prefix: string,
  delimiter: string | null,
): AsyncGenerator<S3Page> {
  let next: string | null = null;
  do {
    const url = new URL(endpoint);
    url.searchParams.set('list-type', '2');
    url.searchParams.set('prefix', prefix);
    url.searchParams.set('max-keys', '1000');
    if (delimiter !== null) url.searchParams.set('delimiter', delimiter);
    if (next !== null) url.searchParams.set('continuation-token', next);
    const page = parseListing(await client.getText(url.href));
    if (page === null) {
      throw new FetchError(
        `${endpoint} does not answer with a bucket listing.`,
        'Check --endpoint: it must be the root of the bucket.',
      );
    }
    yield page;
    if (page.next !== null && page.next === next) {
      throw new FetchError(
        `${endpoint} repeats the same page of its listing.`,
        'Check --endpoint: the server does not understand continuation.',
      );
    }
    next = page.next;
  } while (next !== null);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
