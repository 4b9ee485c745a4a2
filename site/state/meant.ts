/** The page that an address without one probably means: capitals, `AS`, `www.`, whole addresses of websites. */
import { parseAsn, toCountryCode } from '../../data-build/contract/brands.ts';
import { toHost, withoutWww } from './domain.ts';

/** `country/ke/` → `country/KE/`, below the home of the language; null: nothing to go by, or the address itself. */
export function meantPath(path: string): string | null {
  const [kind = '', ...rest] = decode(path).split('/');
  const name = rest.join('/').replace(/\/(?:index\.html)?$/, '');
  const meant = name === '' ? null : meantName(kind.toLowerCase(), name);
  return meant === null || meant === path ? null : meant;
}

function meantName(kind: string, name: string): string | null {
  switch (kind) {
    case 'country':
    case 'countries': {
      const code = toCountryCode(name.toUpperCase());
      return code === null ? null : `country/${code}/`;
    }
    case 'network':
    case 'networks': {
      const asn = parseAsn(name);
      return asn === null ? null : `network/AS${asn}/`;
    }
    case 'domain':
    case 'domains': {
      // Hosts join two slashes in a path to one.
      const host = toHost(name.replace(/^([a-z]+:)\/+/i, '$1//'));
      return host === null ? null : `domain/${encodeURIComponent(withoutWww(host))}/`;
    }
    case 'test':
    case 'tests':
      return `test/${encodeURIComponent(name.toLowerCase())}/`;
    default:
      return null;
  }
}

/** What a reader typed last, to search for. */
export function searchedWords(path: string): string {
  const parts = decode(path).split('/');
  return parts
    .slice(parts.length > 1 ? 1 : 0)
    .join('/')
    .replace(/\/+$/, '');
}

/** Escapes that stand for nothing stay as they are. */
function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
