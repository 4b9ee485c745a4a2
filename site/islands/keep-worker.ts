/**
 * `keep.js`: answers for one place that a reader keeps on this device, where the line does not. `keep-place.ts` registers it
 * for the page of that place alone, with the name of what is kept.
 */
{
  const NAME = decodeURIComponent(location.search.slice(1));
  /** Milliseconds until a line counts as dead: blocked sites are often silent, not refused. */
  const LONGEST = 4_000;
  /** What is in these is in their names. */
  const FOREVER = /\/_astro\/|-[0-9a-f]{8}\.parquet$|\.(?:figures|files)\.json$/;

  interface Asked extends Event {
    readonly request: Request;
    readonly respondWith: (answer: Promise<Response>) => void;
  }
  const isAsked = (event: Event): event is Asked => 'respondWith' in event;

  const findKept = async ({ url, headers }: Request): Promise<Response | undefined> => {
    const whole = await caches.match(url, {
      cacheName: NAME,
      ignoreSearch: true,
      ignoreVary: true,
    });
    const part = /^bytes=(\d+)-(\d*)$/.exec(headers.get('range') ?? '');
    if (whole === undefined || part === null) return whole;
    const bytes = await whole.arrayBuffer();
    const start = Number(part[1]);
    const end = part[2] === '' ? bytes.byteLength : Number(part[2]) + 1;
    const body = bytes.slice(start, end);
    const last = String(start + body.byteLength - 1);
    return new Response(body, {
      status: 206,
      headers: { 'Content-Range': `bytes ${String(start)}-${last}/${String(bytes.byteLength)}` },
    });
  };

  const answer = async (request: Request): Promise<Response> => {
    const kept = await findKept(request);
    if (kept === undefined) return fetch(request);
    if (FOREVER.test(new URL(request.url).pathname)) return kept;
    const asked = fetch(request).then(
      (answered) => (answered.ok ? answered : kept),
      () => kept,
    );
    const late = new Promise<Response>((resolve) => {
      setTimeout(resolve, LONGEST, kept);
    });
    return Promise.race([asked, late]);
  };

  addEventListener('fetch', (event) => {
    if (isAsked(event) && event.request.method === 'GET') event.respondWith(answer(event.request));
  });
}
