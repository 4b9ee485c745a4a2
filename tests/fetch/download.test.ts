import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createClient } from '../../data-build/fetch/client.ts';
import { RETRY_POLICY } from '../../data-build/fetch/retries.ts';
import { parseListing } from '../../data-build/fetch/s3-listing.ts';
import { etagOf } from '../support/bucket-server.ts';
import { effects, usePlace } from './place.ts';

const { bucket, folder } = usePlace();

describe('a download', () => {
  // Silence is longer here than any pause of a busy machine.
  const policy = { ...RETRY_POLICY, attempts: 2, timeoutMs: 1_500, progressBytes: 20_000 };
  const body = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251));
  const download = (url: string, file: string) =>
    createClient(effects(), policy).download({
      url: `${url}large`,
      file,
      size: body.length,
      etag: etagOf(body),
      sha256: null,
      held: null,
    });

  it('is given up when nothing comes, not when it takes long, and goes on where it was', async () => {
    const { url, fail } = await bucket({ large: body });
    fail('large', { kind: 'silent', after: 60_000 }, { kind: 'silent', after: 60_000 });
    fail('large', { kind: 'cut', after: 60_000 });
    const file = path.join(await folder(), 'large');
    const result = await download(url, file);
    expect(result).toMatchObject({ kind: 'downloaded', bytes: body.length });
    expect((await readFile(file)).equals(body)).toBe(true);
  });

  it('counts attempts that bring nothing', async () => {
    const { url, fail } = await bucket({ large: body });
    fail('large', ...Array.from({ length: 9 }, () => ({ kind: 'silent', after: 10 }) as const));
    const file = path.join(await folder(), 'large');
    await expect(download(url, file)).rejects.toThrow(/2 attempts/);
  });
});

describe('parseListing', () => {
  it('reads one object as well as many, and tells what is no listing', () => {
    const one =
      '<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>a&amp;b</Key><Size>3</Size><ETag>"x"</ETag></Contents></ListBucketResult>';
    expect(parseListing(one)).toMatchObject({ objects: [{ key: 'a&b', size: 3 }], next: null });
    expect(parseListing('<html><body>')).toBeNull();
    expect(parseListing('')).toBeNull();
  });
});
