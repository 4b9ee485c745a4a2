/** What is said of a figure when something of it is taken away: words, publishers, filters, link, citation. */
import { SOURCES, LICENCES, type SourceId } from '../../data-build/contract/sources.ts';
import { toDay, type Day } from '../../data-build/contract/brands.ts';
import type { Citable } from '../export/citation.ts';
import type { About } from '../export/read-me.ts';
import { translate } from '../i18n/translate.ts';
import { PARAMETER_NAMES, PARAMETERS, type ExplorerState } from '../state/parameters.ts';
import { formatState, parseState } from '../state/state.ts';
import { formatDayRange } from '../view/format.ts';
import { isSynthetic } from './synthetic.ts';

interface UsedSource {
  readonly id: SourceId;
  readonly since: Day | null;
  readonly until: Day | null;
}

/** The release of the page. */
export function pageRelease(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="version"]')?.content ?? '';
}

/** Address of the page in its present state, of this release, at the figure. */
function permalinkOf(figure: HTMLElement): string {
  const release = pageRelease();
  const { state } = parseState(location.search);
  const search = formatState({ ...state, release });
  return `${location.origin}${location.pathname}${search}#${figure.id}`;
}

/** Publishers named by the row of actions. */
export function readSources(figure: HTMLElement): readonly UsedSource[] {
  const listed = figure.querySelector<HTMLElement>('[data-sources]')?.dataset['sources'] ?? '';
  return listed.split(', ').flatMap((entry) => {
    const [id = '', since = '', until = ''] = entry.split(' ');
    return isSource(id) ? [{ id, since: toDay(since), until: toDay(until) }] : [];
  });
}

function isSource(id: string): id is SourceId {
  return Object.hasOwn(SOURCES, id);
}

/** Name of a file without its ending: `interference-atlas-country-KE-outcomes-2024-11-29-1a2b3c4d`. */
export function fileStem(figure: HTMLElement, suffix: string): string {
  const base = document.documentElement.dataset['base'] ?? '/';
  const page = location.pathname.slice(base.length).replaceAll('/', '-');
  return `interference-atlas-${page}${figure.id}${suffix}-${pageRelease()}`.replace(
    /[^\w.-]+/g,
    '_',
  );
}

/** All that is said beside the data; `only` keeps the publishers of one file. */
export function aboutFigure(figure: HTMLElement, only: readonly SourceId[] | null = null): About {
  const { state } = parseState(location.search);
  const used = readSources(figure).filter(({ id }) => only === null || only.includes(id));
  return {
    title: textOf(figure, 'title'),
    subtitle: textOf(figure, 'subtitle'),
    filters: formatFilters(state),
    caveats: [
      ...new Set([
        ...[...figure.querySelectorAll('[data-part="notes"] li')].map(({ textContent }) =>
          textContent.trim(),
        ),
        translate('download.caveat'),
      ]),
    ],
    sources: used.map(({ id }) => {
      const { name, attribution, licence } = SOURCES[id];
      const { name: licenceName, url, use } = LICENCES[licence];
      return { name, attribution, licence: licenceName, licenceUrl: url, use };
    }),
    cited: citeFigure(figure, used, state),
  };
}

function citeFigure(
  figure: HTMLElement,
  used: readonly UsedSource[],
  state: ExplorerState,
): Citable {
  const place = document.querySelector('h1')?.textContent.trim() ?? '';
  const title = textOf(figure, 'title');
  return {
    title: title.includes(place) ? title : `${place}: ${title}`,
    dataVersion: pageRelease(),
    url: permalinkOf(figure),
    sources: used.map(({ id, since, until }) => {
      const { name, publisher, url, citation, licence } = SOURCES[id];
      const from = state.since ?? since;
      const to = state.until ?? until;
      const range = from === null || to === null ? '' : formatDayRange(from, to);
      return {
        name,
        publisher,
        url,
        citation: citation.replace('{range}', range),
        licence: LICENCES[licence].name,
      };
    }),
    synthetic: isSynthetic(),
  };
}

/** `Test: telegram`, one line for each parameter in the link. */
function formatFilters(state: ExplorerState): readonly string[] {
  return PARAMETER_NAMES.filter((name) => name !== 'release').flatMap((name) => {
    const value = state[name];
    const text = value === null ? '' : typeof value === 'string' ? value : value.join(', ');
    return text === '' ? [] : [`${translate(PARAMETERS[name].label)}: ${text}`];
  });
}

function textOf(figure: HTMLElement, part: string): string {
  return figure.querySelector(`[data-part="${part}"]`)?.textContent.trim() ?? '';
}
