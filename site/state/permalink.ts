/** A pasted link → what it is about, in which state, of which data release; and the link of a sentence. Nothing is fetched. */
import {
  parseAsn,
  toCountryCode,
  type Asn,
  type CountryCode,
  type Day,
} from '../../data-build/contract/brands.ts';
import { toEventId } from '../../data-build/contract/event-id.ts';
import { assertNever } from '../../data-build/contract/problem.ts';
import { THEMES } from '../../data-build/contract/themes.ts';
import { EMPTY_STATE, type ExplorerState } from './parameters.ts';
import { decodeText } from './search.ts';
import { formatState, parseState } from './state.ts';

export type CitedPage =
  /** The front page, and the world map on it. */
  | { readonly kind: 'home' }
  | { readonly kind: 'country'; readonly probeCc: CountryCode }
  | { readonly kind: 'network'; readonly asn: Asn }
  | { readonly kind: 'domain'; readonly domain: string }
  | { readonly kind: 'test'; readonly testName: string }
  | { readonly kind: 'theme'; readonly slug: string }
  | { readonly kind: 'event'; readonly eventId: string }
  | { readonly kind: 'explore' };

export interface Permalink {
  readonly page: CitedPage;
  /** Id of the chart in its page; null: the link names none. */
  readonly chart: string | null;
  readonly state: ExplorerState;
  /** As named in the link; null when it names none. */
  readonly release: string | null;
  /** Path of a fixed frame below the base: what is there says its release. Null: it is none. */
  readonly frame: string | null;
}

/** The map of the front page; its other layers are `world-…`. */
export const WORLD_CHART = 'world';

/**
 * Reads an address of any mirror, whole or from its path on, that of an embed, or the view that is printed on one
 * (`country/KE/outcomes@<release>`). `base` is where this site lies. Null when it is of no page that has numbers to
 * compare.
 */
export function parsePermalink(text: string, base = '/'): Permalink | null {
  const [address = '', anchor = ''] = spellOut(text.trim()).split('#');
  const [whole = '', ...rest] = address.split('?');
  const { state } = parseState(rest.length === 0 ? '' : `?${rest.join('?')}`);
  const path = whole.replace(/^[a-z]+:\/\/[^/]*/i, '');
  const embed = parseEmbed(path);
  const named = decodeText(anchor).replace(/^notes=([^&]*).*$/s, '$1');
  const chart = embed?.chart ?? (/^[a-z][\w.:-]{0,99}$/i.test(named) ? named : null);
  const page = parseAnchor(chart) ?? parsePage(embed?.page ?? path);
  const at = { chart, state, release: state.release ?? embed?.release ?? null };
  if (page !== null) return { page, ...at, frame: embed?.frame ?? null };
  const isHome =
    embed === null
      ? whole !== '' && isHomePath(path, base)
      : /^(?:[a-z]{2,3}(?:-[\w-]+)?\/)?$/i.test(embed.page);
  const isWorld = chart === WORLD_CHART || chart?.startsWith(`${WORLD_CHART}-`) === true;
  if (!isHome && !isWorld) return null;
  return { page: { kind: 'home' }, ...at, frame: embed?.frame ?? null };
}

/** `country/KE/outcomes?since=…@<release>` → the link that it stands for; other texts as they are. */
function spellOut(text: string): string {
  const [, page = '', chart = '', search = '', release = ''] =
    /^([^?#@:]*?)([\w.-]+)(\?[^#@]*)?@(\d{4}-\d{2}-\d{2}-[0-9a-f]{8})$/.exec(text) ?? [];
  if (release === '') return text;
  return `/${page}${search === '' ? '?' : `${search}&`}release=${release}#${chart}`;
}

interface EmbedPath extends Pick<Permalink, 'frame' | 'release'> {
  readonly page: string;
  readonly chart: string;
}

/** `…/embed/country/KE/outcomes/`, the same with the name of a frame, and the retired `/embed/at/<release>/…`. */
function parseEmbed(path: string): EmbedPath | null {
  const [, rest = ''] = /(?:^|\/)embed\/(.+)$/.exec(path) ?? [];
  const [, release = null] = /^at\/(\d{4}-\d{2}-\d{2}-[0-9a-f]{8})\//.exec(rest) ?? [];
  const parts = (release === null ? rest : rest.replace(/^at\/[^/]+\//, ''))
    .replace(/\/(?:index\.html)?$/, '')
    .split('/');
  const name = /^([0-9a-f]{10})(?:\.(?:png|svg))?$/.exec(parts.at(-1) ?? '')?.[1];
  const isFrame = name !== undefined && parts.length > 1;
  const chart = (isFrame ? parts.at(-2) : parts.at(-1))?.replace(/\.csv$/, '') ?? '';
  if (rest === '' || chart === '') return null;
  const page = parts.slice(0, isFrame ? -2 : -1).map((part) => `${part}/`);
  const frame = isFrame ? `embed/${[...parts.slice(0, -1), name].join('/')}/` : null;
  return { page: page.join(''), chart, release, frame };
}

/** An event that has no page of its own stands on that of its place. */
function parseAnchor(chart: string | null): CitedPage | null {
  const eventId = chart?.startsWith('event-') === true ? toEventId(chart.slice(6)) : null;
  return eventId === null ? null : { kind: 'event', eventId };
}

function isHomePath(path: string, base: string): boolean {
  const below = path === '' ? '' : path.startsWith(base) ? path.slice(base.length) : path;
  return /^(?:[a-z]{2}(?:-[\w-]+)?\/)?(?:index\.html)?$/i.test(below);
}

/** Where the page of this site lies, below its home. */
export function citedPath(page: CitedPage): string {
  switch (page.kind) {
    case 'home':
      return '';
    case 'country':
      return `country/${page.probeCc}/`;
    case 'network':
      return `network/AS${page.asn}/`;
    case 'domain':
      return `domain/${encodeURIComponent(page.domain)}/`;
    case 'test':
      return `test/${page.testName}/`;
    case 'theme':
      return `theme/${page.slug}/`;
    case 'event':
      return `event/${page.eventId}/`;
    case 'explore':
      return 'explore/';
    default:
      return assertNever(page);
  }
}

function parsePage(path: string): CitedPage | null {
  if (/(?:^|\/)explore(?:\/(?:frame\/?)?)?$/.test(path)) return { kind: 'explore' };
  const [, kind, raw = ''] =
    /(?:^|\/)(country|network|domain|test|theme|event)\/([^/]+)(?:\/|$)/.exec(path) ?? [];
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
    case 'theme':
      return THEMES.some(({ slug }) => slug === name) ? { kind, slug: name } : null;
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
