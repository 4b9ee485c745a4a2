/** What is affected in a place: apps, tools and websites whose tests showed signs, in one table. */
import { chooseGrain } from '../../view/time-frame.ts';
import { countryDomainsQuery, type CountryDomainRow } from '../../query/domains.ts';
import { targetCoursesQuery, type TargetCourseRow } from '../../query/tests.ts';
import type { TestRow } from '../../query/rows.ts';
import { testEventsQuery, testEventsScope, type EventRow } from '../../query/witnesses.ts';
import { toCheckedTable } from '../checked.ts';
import { askCounts, TESTS } from '../counts.ts';
import type { Figure } from '../figure.ts';
import { toAffected, type AffectedView } from './view.ts';

export interface AffectedAnswer {
  readonly tests: readonly TestRow[];
  readonly websites: readonly CountryDomainRow[];
  readonly events: readonly EventRow[];
  readonly courses: readonly TargetCourseRow[];
}

export const affected: Figure<AffectedAnswer, AffectedView> = {
  name: 'affected',
  async ask(ask, request) {
    const { subject, frame } = request;
    if (subject.kind !== 'country' || frame === null) return null;
    const { probeCc } = subject;
    const scope = { probeCc };
    const grain = chooseGrain(frame.since, frame.until);
    const [counts, websites, events, courses] = await Promise.all([
      askCounts(ask, request, TESTS),
      ask(countryDomainsQuery(probeCc), scope),
      ask(testEventsQuery(probeCc), testEventsScope(probeCc)),
      ask(targetCoursesQuery(probeCc, grain), scope),
    ]);
    return { tests: counts?.rows ?? [], websites, events, courses };
  },
  view: (answer, { subject, frame }) =>
    subject.kind === 'country' && frame !== null ? toAffected(answer, frame) : null,
  checked: ({ table }) => ({ texts: [], tables: [toCheckedTable(table)] }),
};
