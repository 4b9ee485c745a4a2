/** One website, or one theme, over places and time, on the stretch of weeks that tells most. */
import { formatDomain } from '../../../data-build/words/domain.ts';
import { translate } from '../../i18n/translate.ts';
import { layoutDomainMatrix } from './layout.ts';
import { domainPlacesOf, domainWeeksOf } from '../../query/domains.ts';
import type { ThemeWeekRow } from '../../query/themes.ts';
import {
  toDomainMatrix,
  type DomainMatrixView,
  type MatrixPlaceRow,
  type MatrixWords,
} from './view.ts';
import { chooseMatrixDays } from './days.ts';
import { keepTicked } from '../../view/selection.ts';
import { GAP_DAYS, type StretchesView } from '../../view/stretches.ts';
import type { TimeFrame } from '../../view/time-frame.ts';
import { toCheckedWords } from '../checked.ts';
import { ofTests, viewCounts } from '../counts.ts';
import type { DrawnFigure } from '../figure.ts';
import type { FigureSubject } from '../request.ts';
import { askThemeNetworks, askThemePlaces, askThemeWeeks, formatTheme } from '../themes.ts';

interface MatrixAnswer {
  readonly places: readonly MatrixPlaceRow[];
  readonly weeks: readonly ThemeWeekRow[];
  /** Of a theme; null: not known. */
  readonly networks?: number | null;
}

interface MatrixFigureView extends DomainMatrixView {
  /** Weeks with tests that it does not show; null: it shows all. */
  readonly outside: StretchesView['outside'];
}

type MatrixSubject = Extract<FigureSubject, { kind: 'domain' | 'theme' }>;

export const domainMatrix: DrawnFigure<MatrixAnswer, MatrixFigureView> = {
  name: 'domain-matrix',
  heading: 'chart.domain_matrix.name',
  tables: ['domain_country_weekly'],
  sources: ofTests,
  async ask(ask, { subject }) {
    if (subject.kind === 'domain') {
      const { domain } = subject;
      return { places: await ask(domainPlacesOf(domain)), weeks: await ask(domainWeeksOf(domain)) };
    }
    if (subject.kind !== 'theme') return null;
    return {
      places: await askThemePlaces(ask, subject),
      weeks: await askThemeWeeks(ask, subject),
      networks: await askThemeNetworks(ask, subject),
    };
  },
  view({ places, weeks, networks: known = null }, request) {
    const { subject, frame } = request;
    if ((subject.kind !== 'domain' && subject.kind !== 'theme') || frame === null) return null;
    const stretch =
      subject.kind === 'theme' ? translate('theme.stretch', { n: GAP_DAYS }) : undefined;
    const days = chooseMatrixDays(weeks, frame.dataUntil, stretch);
    // Of weeks alone it is not known how many networks they have in all.
    const all = subject.kind === 'domain' ? subject.networkCount : known;
    const networks = (days?.outside ?? null) === null ? all : null;
    return viewCounts({ ...request, frame: days?.frame ?? frame }, networks, (context) => ({
      ...toDomainMatrix(wordsOf(subject, context.frame.grain), weeks, places, context),
      outside: days?.outside ?? null,
    }));
  },
  layout: layoutDomainMatrix,
  select: (view, shown) => ({
    ...view,
    places: keepTicked(view.places, shown, ({ probe_cc }) => probe_cc),
  }),
  checked: toCheckedWords,
};

function wordsOf(subject: MatrixSubject, grain: TimeFrame['grain']): MatrixWords {
  if (subject.kind === 'theme')
    return {
      name: formatTheme(subject),
      subtitle: translate('theme.subtitle', { grain: grain === 'month' ? 'month' : 'week' }),
      note: translate('theme.note', { of: subject.of }),
    };
  return {
    name: formatDomain(subject.domain),
    subtitle: translate(grain === 'month' ? 'matrix.subtitle.month' : 'matrix.subtitle.week'),
    note: translate('ranked.domains.note'),
  };
}
