/** `/reading.txt`: what must be known to read the numbers, a line each, for programs that hand it on with them. */
import type { APIRoute } from 'astro';
import { TESTS_FROM } from '../../data-build/contract/publishers.ts';
import { buildData } from '../engine/build-data.ts';
import { readingNotes } from '../export/llms-text.ts';

export const GET: APIRoute = async () => {
  const { manifest } = await buildData();
  const notes = readingNotes(manifest.sources.some(({ id }) => id === TESTS_FROM));
  return new Response(notes.map((note) => `${note}\n`).join(''), {
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
};
