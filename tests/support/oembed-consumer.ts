/**
 * What a blog system does with a pasted address, as Ghost and WordPress do: find the discovery link in the page, fetch the
 * answer, refuse what is not numbers or not HTML, keep only a frame made anew with a sandbox of its own.
 */

export interface ConsumedEmbed {
  readonly src: string;
  readonly title: string;
  readonly width: number;
  readonly height: number;
}

/** `fetchText` gets an address and gives the text, since the site knows itself by another name than the test server. */
export async function consumeOembed(
  address: string,
  fetchText: (url: string) => Promise<string>,
): Promise<ConsumedEmbed> {
  const page = await fetchText(address);
  const link = /<link\b[^>]*type="application\/json\+oembed"[^>]*>/.exec(page)?.[0] ?? '';
  const found = /href="([^"]+)"/.exec(link)?.[1]?.replaceAll('&amp;', '&');
  if (found === undefined) throw new Error(`${address} names no oEmbed answer.`);
  const answer: unknown = JSON.parse(await fetchText(found));
  if (typeof answer !== 'object' || answer === null) throw new Error('The answer is no object.');
  const read = (key: string): unknown => Reflect.get(answer, key);
  const [version, type, html, width, height] = ['version', 'type', 'html', 'width', 'height'].map(
    read,
  );
  if (version !== '1.0' || type !== 'rich') throw new Error('Only rich answers of 1.0 are shown.');
  // What is not a number becomes 0 in these systems, and the chart a line.
  if (typeof width !== 'number' || typeof height !== 'number' || width < 1 || height < 1)
    throw new Error(`The size ${String(width)} × ${String(height)} is not in numbers.`);
  const frame = typeof html === 'string' ? (/<iframe\b[^>]*>/.exec(html)?.[0] ?? '') : '';
  const src = /\ssrc="([^"]+)"/.exec(frame)?.[1]?.replaceAll('&amp;', '&');
  const title = /\stitle="([^"]+)"/.exec(frame)?.[1];
  if (src === undefined || title === undefined) throw new Error('The answer holds no named frame.');
  return { src, title, width, height };
}

/** The page of the blog: its own sandbox, the size it was told, no script of anyone else’s. */
export function writeConsumerPage({ src, title, width, height }: ConsumedEmbed): string {
  return `<!doctype html><title>A blog</title><p>Before</p><iframe sandbox="allow-scripts" security="restricted" src="${src}" title="${title}" width="${String(width)}" height="${String(height)}"></iframe><p>After</p>`;
}
