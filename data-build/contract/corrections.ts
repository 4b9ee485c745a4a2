/** The log of corrections: what was wrong, said by the operator, with its date. It lies in the data folder when there is one. */
import type { InferOutput } from 'valibot';
import { toCountryCode, toDay, type CountryCode, type Day } from './brands.ts';
import { list, matching, optional, record, text } from './shape.ts';

export const CORRECTIONS_FILE = 'corrections.json';

const MOST_LETTERS = 2000;

export const CORRECTIONS = list(
  record({
    /** The day on which the correction was published. */
    date: matching<Day>((value) => toDay(value) !== null, 'a day (YYYY-MM-DD)'),
    /** What was wrong, and what is right. Plain text. */
    text: matching<string>(
      (value) => value.trim() !== '' && value.length <= MOST_LETTERS,
      `text of at most ${MOST_LETTERS} letters`,
    ),
    /** Whose pages and feeds say it; none: only the list of corrections and the feed of everything. */
    places: optional(
      list(
        matching<CountryCode>((value) => toCountryCode(value) === value, 'two letters, e.g. KE'),
      ),
    ),
    /** Ids of events whose pages say it. */
    events: optional(list(text)),
  }),
);
export type Correction = InferOutput<typeof CORRECTIONS>[number];
