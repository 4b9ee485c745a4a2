/** The address of the site, for links in files that people read elsewhere. */
import { UsageError } from './outcome.ts';

/** `SITE_URL` and `BASE_PATH` → `https://example.org/base/`; null when the address is not known. */
export function siteAddress(env: Readonly<Record<string, string | undefined>>): string | null {
  const url = env['SITE_URL'] ?? '';
  if (url === '') return null;
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw new UsageError(
      `SITE_URL is ${url}, which is not a web address.\nWrite it like https://example.org.`,
    );
  const base = (env['BASE_PATH'] ?? '').replace(/^\/+|\/+$/g, '');
  return `${new URL(url).origin}/${base === '' ? '' : `${base}/`}`;
}
