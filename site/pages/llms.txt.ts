/** `/llms.txt`: what is here, where the data and their licences lie and how to cite, for programs that read texts. */
import type { APIRoute } from 'astro';
import { TESTS_FROM } from '../../data-build/contract/publishers.ts';
import { fileHref, wholeHref } from '../build/address.ts';
import { citeRelease } from '../build/dataset.ts';
import { buildData } from '../engine/build-data.ts';
import { writeLlmsText } from '../export/llms-text.ts';

export const GET: APIRoute = async () => {
  const { manifest } = await buildData();
  const toUrl = (path: string): string => wholeHref(fileHref(path));
  const text = writeLlmsText({
    manifest,
    tested: manifest.sources.some(({ id }) => id === TESTS_FROM),
    cited: citeRelease(manifest, toUrl('data/')),
    toUrl,
  });
  return new Response(text, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
};
