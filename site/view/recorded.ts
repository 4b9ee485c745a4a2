/** What others recorded, beside an event: by place and days alone. It is counted in nothing. */
import { addDays, type Day } from '../../data-build/contract/brands.ts';
import { PUBLISHERS } from '../../data-build/contract/publishers.ts';
import { eventUntil } from '../../data-build/contract/detected-event.ts';
import { translate } from '../i18n/translate.ts';
import type { RecordedRow, RecordedSpanRow } from '../query/records.ts';
import type { EventRow } from '../query/witnesses.ts';
import { formatDay, formatDayRange } from './format.ts';

export interface RecordedElsewhere {
  /** `Also recorded by …`, or that it is not. */
  readonly text: string;
  /** Its source; null where there is no record. */
  readonly url: string | null;
}

/** Records lie a day beside events where days are cut by another clock. */
const SLACK = 1;

/** What each publisher has of the days of an event; those whose records are of other years are left out. */
export function toRecorded(
  event: EventRow,
  measuredUntil: Day,
  records: readonly RecordedRow[],
  spans: readonly RecordedSpanRow[],
): readonly RecordedElsewhere[] {
  const from = addDays(event.first_sign, -SLACK);
  const until = addDays(eventUntil(event) ?? addDays(measuredUntil, 1), SLACK);
  return spans.flatMap(
    ({ source, first_day: first, last_day: last, places }): readonly RecordedElsewhere[] => {
      const found = records.filter(
        (record) =>
          record.source === source &&
          record.first_day < until &&
          (record.last_day ?? record.first_day) >= from,
      );
      if (found.length > 0)
        return found.map((record) => ({
          text: translate('recorded.found', {
            publisher: PUBLISHERS[source].name,
            kind: record.record_kind,
            scope: record.record_scope ?? 'unknown',
            days:
              record.last_day === null
                ? translate('events.from', { day: formatDay(record.first_day) })
                : formatDayRange(record.first_day, addDays(record.last_day, 1)),
          }),
          url: record.url,
        }));
      if (last < from || first >= until) return [];
      return [
        {
          text: translate('recorded.none', {
            publisher: PUBLISHERS[source].name,
            places,
            days: formatDayRange(first, addDays(last, 1)),
          }),
          url: null,
        },
      ];
    },
  );
}
