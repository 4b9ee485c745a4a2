/** A pasted link → what it is about, in which state, of which data release; and the link of a sentence. Nothing is fetched. */
import {
  parseAsn,
  toCountryCode,
  type Asn,
  type CountryCode,
  type Day,
} from '../../data-build/contract/brands.ts';
import { toEventId } from '../../data-build/contract/event-id.ts';
import { EMPTY_STATE, type ExplorerState } from './parameters.ts';
import { decodeText } from './search.ts';
import { formatState, parseState } from './state.ts';

export type CitedPage =
  | { readonly kind: 'country'; readonly probeCc: CountryCode }
  | { readonly kind: 'network'; readonly asn: Asn }
  | { readonly kind: 'domain'; readonly domain: string }
  | { readonly kind: 'test'; readonly testName: string }
  | { readonly kind: 'event'; readonly eventId: string }
  | { readonly kind: 'explore' };

export interface Permalink {
  readonly page: CitedPage;
  readonly state: ExplorerState;
  /** As named in the link; null when it names none. */
  readonly release: string | null;
}

/**
 * Reads an address of any mirror, whole or from its path on. Of a fixed embed the release stands in its path. Null
 * when it is no address of a page that has numbers to compare.
 */
export function parsePermalink(text: string): Permalink | null {
  const [address = ''] = text.trim().split('#');
  const [path = '', ...rest] = address.split('?');
  const { state } = parseState(rest.length === 0 ? '' : `?${rest.join('?')}`);
  const page = parsePage(path);
  if (page === null) return null;
  const [, fixed] = /\/embed\/at\/(\d{4}-\d{2}-\d{2}-[0-9a-f]{8})\//.exec(path) ?? [];
  return { page, state, release: state.release ?? fixed ?? null };
}

function parsePage(path: string): CitedPage | null {
  if (/(?:^|\/)explore(?:\/(?:frame\/?)?)?$/.test(path)) return { kind: 'explore' };
  const [, kind, raw = ''] =
    /(?:^|\/)(country|network|domain|test|event)\/([^/]+)(?:\/|$)/.exec(path) ?? [];
  const name = decodeText(raw);
  switch (kind) {
    case 'country': {
      const probeCc = toCountryCode(name);
      return probeCc === null ? null : { kind, probeCc };
    }
    case 'network': {
      const asn = parseAsn(name);
      return asn === null ? null : { kind, asn };
    }
    case 'domain':
      return { kind, domain: name.toLowerCase() };
    case 'test':
      return /^[a-z][a-z0-9_]{0,63}$/.test(name) ? { kind, testName: name } : null;
    case 'event': {
      const eventId = toEventId(name);
      return eventId === null ? null : { kind, eventId };
    }
    default:
      return null;
  }
}

/**
 * Where the days of a target in a place can be seen, below the home of the site: an app on the page of the place, a
 * website in the chart builder, since its own page has all places in one.
 */
export function targetPath(
  target: {
    readonly probeCc: CountryCode;
    readonly testName: string | null;
    readonly domain: string | null;
  },
  days: { readonly since: Day; readonly until: Day },
  release: string,
): string {
  const { probeCc, testName, domain } = target;
  const state = { ...EMPTY_STATE, since: days.since, until: days.until, release };
  return domain === null
    ? `country/${probeCc}/${formatState({ ...state, test_name: testName === null ? [] : [testName] })}`
    : `explore/${formatState({ ...state, probe_cc: [probeCc], domain: [domain] })}`;
}
