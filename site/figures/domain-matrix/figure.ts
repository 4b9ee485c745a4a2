/** One website over places and time, on the stretch of weeks that tells most. */
import { layoutDomainMatrix } from './layout.ts';
import {
  domainPlacesOf,
  domainWeeksOf,
  type DomainPlaceRow,
  type DomainWeekRow,
} from '../../query/domains.ts';
import { toDomainMatrix, type DomainMatrixView } from './view.ts';
import { chooseMatrixDays } from './days.ts';
import { keepTicked } from '../../view/selection.ts';
import type { StretchesView } from '../../view/stretches.ts';
import { toCheckedWords } from '../checked.ts';
import { ofTests, viewCounts } from '../counts.ts';
import type { DrawnFigure } from '../figure.ts';

interface MatrixAnswer {
  readonly places: readonly DomainPlaceRow[];
  readonly weeks: readonly DomainWeekRow[];
}

interface MatrixFigureView extends DomainMatrixView {
  /** Weeks with tests that it does not show; null: it shows all. */
  readonly outside: StretchesView['outside'];
}

export const domainMatrix: DrawnFigure<MatrixAnswer, MatrixFigureView> = {
  name: 'domain-matrix',
  heading: 'chart.domain_matrix.name',
  tables: ['domain_country_weekly'],
  sources: ofTests,
  async ask(ask, { subject }) {
    if (subject.kind !== 'domain') return null;
    const { domain } = subject;
    return { places: await ask(domainPlacesOf(domain)), weeks: await ask(domainWeeksOf(domain)) };
  },
  view({ places, weeks }, request) {
    const { subject, frame } = request;
    if (subject.kind !== 'domain' || frame === null) return null;
    const days = chooseMatrixDays(weeks, frame.dataUntil);
    // Of weeks alone it is not known how many networks they have in all.
    const networks = (days?.outside ?? null) === null ? subject.networkCount : null;
    return viewCounts({ ...request, frame: days?.frame ?? frame }, networks, (context) => ({
      ...toDomainMatrix(subject.domain, weeks, places, context),
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
