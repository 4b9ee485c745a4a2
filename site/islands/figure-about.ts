/** What is said of a figure when something of it is taken away: words, publishers, filters, link, citation. */
import { PUBLISHERS, LICENCES, type PublisherId } from '../../data-build/contract/publishers.ts';
import { attributionOf, citationOf } from '../../data-build/contract/publisher-words.ts';
import type { Citable } from '../export/citation.ts';
import type { About } from '../export/read-me.ts';
import type { FigureSource } from '../figures/figure.ts';
import { translate } from '../i18n/translate.ts';
import { PARAMETER_NAMES, PARAMETERS, type ExplorerState } from '../state/parameters.ts';
import { formatState, parseState } from '../state/state.ts';
import { formatDayRange, formatItems } from '../view/format.ts';
import type { ShownFigure } from './shown.ts';

/** Address of the page in its present state, of this release, at the figure. */
function permalinkOf(id: string, release: string): string {
  const { state } = parseState(location.search);
  const search = formatState({ ...state, release });
  return `${location.origin}${location.pathname}${search}#${id}`;
}

/** Name of a file without its ending: `interference-atlas-country-KE-outcomes-2024-11-29-1a2b3c4d`. */
export function fileStem(id: string, suffix: string, { release }: ShownFigure): string {
  const base = document.documentElement.dataset['base'] ?? '/';
  const page = location.pathname.slice(base.length).replaceAll('/', '-');
  return `interference-atlas-${page}${id}${suffix}-${release}`.replace(/[^\w.-]+/g, '_');
}

/** All that is said beside the data; `only` keeps the publishers of one file. */
export function aboutFigure(
  id: string,
  shown: ShownFigure,
  only: readonly PublisherId[] | null = null,
): About {
  const { view, sources } = shown;
  const { state } = parseState(location.search);
  const used = sources.filter(({ source }) => only === null || only.includes(source));
  return {
    title: view.title,
    subtitle: view.subtitle,
    filters: formatFilters(state),
    caveats: [...new Set([...view.notes, translate('download.caveat')])],
    sources: used.map(({ source }) => {
      const { name, licence } = PUBLISHERS[source];
      const { name: licenceName, url, use } = LICENCES[licence];
      return {
        name,
        attribution: attributionOf(source),
        licence: licenceName,
        licenceUrl: url,
        use,
      };
    }),
    cited: citeFigure(id, shown, used),
  };
}

function citeFigure(
  id: string,
  { view: { title }, release, synthetic }: ShownFigure,
  used: readonly FigureSource[],
): Citable {
  const place = document.querySelector('h1')?.textContent.trim() ?? '';
  return {
    title: title.includes(place) ? title : translate('cite.of_place', { place, title }),
    dataVersion: release,
    url: permalinkOf(id, release),
    sources: used.map(({ source, since, until }) => {
      const { name, publisher, url, licence } = PUBLISHERS[source];
      return {
        name,
        publisher,
        url,
        citation: citationOf(source, formatDayRange(since, until)),
        licence: LICENCES[licence].name,
      };
    }),
    synthetic,
  };
}

/** `Test: telegram`, one line for each parameter in the link. */
function formatFilters(state: ExplorerState): readonly string[] {
  return PARAMETER_NAMES.filter((name) => name !== 'release').flatMap((name) => {
    const value = state[name];
    const text =
      value === null ? '' : typeof value === 'string' ? value : formatItems(value.map(String));
    return text === ''
      ? []
      : [
          translate('download.filter.value', {
            name: translate(PARAMETERS[name].label),
            value: text,
          }),
        ];
  });
}
