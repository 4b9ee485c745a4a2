/** What was compared, and what came of it. */
import { translate } from '../../i18n/translate.ts';
import type { CitedPage, Permalink } from '../../state/permalink.ts';
import type { Difference } from './changed.ts';

/** Null: the link names nothing that can be compared. `name` is that of the chart; null: none was found. */
export function whatIsCompared(
  { page, chart }: Pick<Permalink, 'page' | 'chart'>,
  name: string | null,
): string | null {
  if (name !== null) return translate('changed.what.chart', { chart: name });
  switch (page.kind) {
    case 'home':
    case 'theme':
      return null;
    case 'event':
      return translate('changed.what.event');
    case 'explore':
      return translate('changed.what.explore');
    default:
      return translate('changed.what.totals', {
        named: chart === null ? 'no' : 'yes',
        chart: chart ?? '',
      });
  }
}

export function changedOf(all: readonly Difference[]): readonly Difference[] {
  return all.filter(({ changed }) => changed);
}

/** What the link can have cited: of a chart, days and places that only the newer release has are no change of it. */
export function citedOf(
  all: readonly Difference[],
  kind: CitedPage['kind'] | 'chart',
): readonly Difference[] {
  return isOfChart(kind) ? all.filter(({ before }) => before !== null) : all;
}

/** In one sentence; null: neither release has a value. */
export function verdictOf(
  all: readonly Difference[],
  kind: CitedPage['kind'] | 'chart',
): string | null {
  if (all.length === 0) return null;
  const of = isOfChart(kind) ? 'chart' : kind === 'event' ? 'event' : null;
  if (of !== null) {
    if (all.every(({ after }) => after === null)) return translate(`changed.${of}.gone`);
    if (all.every(({ before }) => before === null)) return translate(`changed.${of}.new`);
  }
  const cited = citedOf(all, kind);
  const n = changedOf(cited).length;
  return n === 0
    ? translate('changed.verdict.same', { n: cited.length })
    : translate('changed.verdict.changed', { n, of: cited.length });
}

function isOfChart(kind: CitedPage['kind'] | 'chart'): boolean {
  return kind === 'chart' || kind === 'explore';
}
