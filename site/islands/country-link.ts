/** What the link of a country page asks for, and what the page says that it covers. */
import { toCountryCode, toDay } from '../../data-build/contract/brands.ts';
import type { Chosen } from '../figures/figure.ts';
import type { PageScope } from '../figures/page-days.ts';
import { toNotice } from '../state/notice.ts';
import type { ExplorerState } from '../state/parameters.ts';
import { parseState } from '../state/state.ts';
import type { TimeFrame } from '../view/time-frame.ts';

/** Parameters that the chart builder or the world map understands and this page does not. */
const NOT_HERE = [
  'domain',
  'input',
  'category_code',
  'blocking_method',
  'tool',
  'layer',
  'axis_x',
  'axis_y',
  'measure',
  'compare',
  'view',
] as const;

/** The state in a link, without what this page cannot show; all that was left aside is said. */
export function parseLink(search: string, page: PageScope): ReturnType<typeof parseState> {
  const { state, notices } = parseState(search);
  const others = state.probe_cc.filter((probeCc) => probeCc !== page.probeCc);
  const unused = NOT_HERE.filter((name) => state[name] !== null && state[name].length > 0);
  return {
    state: {
      ...state,
      probe_cc: [],
      domain: [],
      input: [],
      category_code: [],
      blocking_method: [],
      tool: [],
      layer: null,
      axis_x: null,
      axis_y: null,
      measure: null,
      compare: null,
      view: null,
      release: null,
    },
    notices: [
      ...notices,
      ...others.map((probeCc) => toNotice('elsewhere', 'probe_cc', probeCc)),
      ...unused.map((name) => toNotice('unknown_parameter', name, String(state[name]))),
    ],
  };
}

export function readScope(root: HTMLElement): PageScope {
  const probeCc = toCountryCode(root.dataset['country'] ?? '');
  const since = toDay(root.dataset['since'] ?? '');
  const until = toDay(root.dataset['until'] ?? '');
  const shownSince = toDay(root.dataset['shownSince'] ?? '');
  const shownUntil = toDay(root.dataset['shownUntil'] ?? '');
  const earliest = toDay(root.dataset['earliest'] ?? '');
  if (
    probeCc === null ||
    since === null ||
    until === null ||
    shownSince === null ||
    shownUntil === null
  )
    throw new Error('The filter bar does not say which country or territory and days it is about.');
  const shown = { since: shownSince, until: shownUntil };
  return { probeCc, since, until, shown, ...(earliest === null ? {} : { earliest }) };
}

export function toChosen(
  { probe_asn, test_name, since, until }: ExplorerState,
  frame: TimeFrame,
): Chosen {
  return { filter: { probe_asn, test_name }, frame, hasDays: since !== null || until !== null };
}
