/** A website in places with signs, without, with few tests, and confirmed in one; by week and by month. */
import { formatDomain } from '../../../data-build/words/domain.ts';
import { translate } from '../../i18n/translate.ts';
import type { DomainWeekRow } from '../../query/domains.ts';
import { toPeriods, type TimeFrame } from '../../view/time-frame.ts';
import { context, country, counts, day, frame, type FigureCase } from '../case-rows.ts';
import { toDomainMatrix, type DomainMatrixView } from './view.ts';

const WEEKS = frame('2023-10-02', '2024-03-04', 'week');
const MONTHS = frame('2021-01-01', '2024-02-01', 'month');
/** Codes that no country or territory has. */
const CODES = ['XC', 'XD', 'XE', 'XF', 'XG', 'XH', 'XI'];

function matrix(time: TimeFrame): DomainMatrixView {
  const weeks = CODES.flatMap((code, place) =>
    toPeriods(time).flatMap(({ start }, index): DomainWeekRow[] => {
      if ((index * 5 + place * 3) % 7 < place / 3) return [];
      const tests = place === 5 ? 3 : 20 + ((index * 7) % 30);
      const signs = place === 4 ? 0 : Math.floor((tests * ((index + place * 2) % 6)) / 6);
      const confirmed = place === 1 ? Math.floor(signs / 2) : 0;
      return [
        {
          domain: 'news.example',
          probe_cc: country(code),
          week: start,
          ...counts(tests, signs - confirmed, confirmed),
          unscored_count: 0,
          network_count: 3,
        },
      ];
    }),
  );
  const places = CODES.map((code) => {
    const own = weeks.filter(({ probe_cc }) => probe_cc === code);
    const sum = (key: 'measurement_count' | 'anomaly_count' | 'confirmed_count'): number =>
      own.reduce((total, row) => total + row[key], 0);
    return {
      domain: 'news.example',
      probe_cc: country(code),
      ...counts(sum('measurement_count'), sum('anomaly_count'), sum('confirmed_count')),
      unscored_count: 0,
      network_count: 3,
      day_count: own.length,
      first_day: time.since,
      last_day: day('2024-01-31'),
      methods: '',
    };
  });
  return toDomainMatrix(
    {
      name: formatDomain('news.example'),
      subtitle: translate(time === MONTHS ? 'matrix.subtitle.month' : 'matrix.subtitle.week'),
      note: translate('ranked.domains.note'),
    },
    weeks,
    places,
    context(time, { place: null }),
  );
}

export const CASES: readonly FigureCase<DomainMatrixView>[] = [
  { name: 'domain-matrix-weeks', view: matrix(WEEKS) },
  { name: 'domain-matrix-months', view: matrix(MONTHS) },
];
