/** What common static hosts take, and whether a built site fits. The limits are those that the hosts publish, as of November 2026. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseHeaders } from './headers.ts';

interface Host {
  readonly name: string;
  /** Most files of a site. */
  readonly files?: number;
  /** Most bytes of a site. */
  readonly bytes?: number;
  /** Most bytes of one file. */
  readonly fileBytes?: number;
  /** Most rules of `_headers` that it reads; it passes over the rest. */
  readonly headerRules?: number;
  /** It sends compressed copies that lie beside files. Others compress by themselves, or never. */
  readonly servesTwins?: true;
}

/** By the value of `HOST`. Without a limit the host states none for static files. */
export const HOSTS: Readonly<Record<string, Host>> = {
  pages: { name: 'GitHub Pages', bytes: 1_000_000_000 },
  cloudflare: {
    name: 'Cloudflare Pages',
    files: 20_000,
    fileBytes: 25 * 1024 * 1024,
    headerRules: 100,
  },
  netlify: { name: 'Netlify' },
  s3: { name: 'object storage', fileBytes: 5_000_000_000_000 },
  nginx: { name: 'nginx', servesTwins: true },
};

export interface SiteSize {
  readonly files: number;
  readonly bytes: number;
  readonly largest: { readonly path: string; readonly bytes: number };
  /** Rules of its `_headers`. */
  readonly headerRules: number;
}

/** The files of a built site, relative to its folder, with `/`, in order. */
export async function listSite(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)))
    .map((file) => file.split(path.sep).join('/'))
    .toSorted();
}

/** Every file of the built site in `folder`, whatever it is for. */
export async function weighSite(folder: string): Promise<SiteSize> {
  const paths = await listSite(folder);
  const sizes = await Promise.all(
    paths.map(async (file) => (await stat(path.join(folder, file))).size),
  );
  const most = sizes.reduce((best, size, index) => (size > (sizes[best] ?? -1) ? index : best), 0);
  const headers = await readFile(path.join(folder, '_headers'), 'utf8').catch(() => '');
  return {
    headerRules: parseHeaders(headers).length,
    files: paths.length,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    largest: { path: paths[most] ?? '', bytes: sizes[most] ?? 0 },
  };
}

const count = (value: number): string => value.toLocaleString('en-US');
const megabytes = (bytes: number): string =>
  `${(bytes / 1_000_000).toLocaleString('en-US', { maximumFractionDigits: 1 })} MB`;

/** What of the site goes over the host's limits, in lines; none: it fits. */
export function overLimits(host: Host, { files, bytes, largest }: SiteSize): readonly string[] {
  const over = (value: number, limit: number | undefined): limit is number =>
    limit !== undefined && value > limit;
  return [
    ...(over(files, host.files)
      ? [`${count(files)} files, ${count(files - host.files)} more than ${count(host.files)}`]
      : []),
    ...(over(bytes, host.bytes)
      ? [`${megabytes(bytes)}, ${megabytes(bytes - host.bytes)} more than ${megabytes(host.bytes)}`]
      : []),
    ...(over(largest.bytes, host.fileBytes)
      ? [
          `${largest.path} has ${megabytes(largest.bytes)}; a file may have ${megabytes(host.fileBytes)}`,
        ]
      : []),
  ];
}

/** One line on the size of a site, and whether it fits the host that `HOST` names. Throws for a host that is not known. */
export function describeFit(size: SiteSize, wanted: string | undefined): string {
  const weight = `The site has ${count(size.files)} files and ${megabytes(size.bytes)}.`;
  if (wanted === undefined || wanted === '') return weight;
  const host = HOSTS[wanted];
  if (host === undefined)
    throw new Error(
      `HOST is ${wanted}, which is no host we know. Give one of: ${Object.keys(HOSTS).join(', ')}.`,
    );
  const over = overLimits(host, size);
  const { headerRules } = size;
  const passedOver = headerRules - (host.headerRules ?? headerRules);
  const open =
    passedOver > 0
      ? ` ${host.name} passes over ${count(passedOver)} of its ${count(headerRules)} rules of headers: in the languages that are last, others may frame its pages.`
      : '';
  if (over.length === 0) return `${weight} It fits ${host.name}.${open}`;
  return `${weight} It does not fit ${host.name}: ${over.join('; ')}. Keep fewer releases (--keep, --keep-monthly), leave out pictures (PICTURES=off), or use another host.${open}`;
}
