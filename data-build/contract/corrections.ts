/**
 * The log of corrections: what was wrong, said by the operator, with its date. It lies in the data folder when there is one.
 * One with days is a known problem: data of these days are faulty and stay as they are (`known-problems`).
 */
import type { InferOutput } from 'valibot';
import { PUBLISHERS } from './publishers.ts';
import { country, day, holding, list, matching, optional, record, text, word } from './shape.ts';
import { TESTS } from './vocabulary.ts';

export const CORRECTIONS_FILE = 'corrections.json';

const MOST_LETTERS = 2000;

const CORRECTION = record({
  /** The day on which the correction was published. */
  date: day,
  /** What was wrong, and what is right. Plain text. */
  text: matching<string>(
    (value) => value.trim() !== '' && value.length <= MOST_LETTERS,
    `text of at most ${MOST_LETTERS} letters`,
  ),
  /** Whose pages and feeds say it; none: only the list of corrections and the feed of everything. */
  places: optional(list(country)),
  /** Ids of events whose pages say it. */
  events: optional(list(text)),
  /** Days of which data are faulty; `until` is exclusive. */
  days: optional(
    holding(
      record({ since: day, until: day }),
      ({ since, until }) => since < until,
      'days of which since is before until',
    ),
  ),
  /** Whose data; needed with days, and only there. */
  sources: optional(list(word(PUBLISHERS))),
  /** Of which tests; none: of all. */
  tests: optional(list(word(TESTS))),
});
export const CORRECTIONS = list(
  holding(
    CORRECTION,
    ({ days, sources = [], tests = [] }) =>
      days === undefined ? sources.length + tests.length === 0 : sources.length > 0,
    'a correction: days need sources, and sources and tests need days',
  ),
);
/** As it stands in the manifest: of a correction with days what must be known to mark them. */
export const KNOWN_PROBLEM = record({
  since: day,
  /** Exclusive. */
  until: day,
  /** The reason, as the operator wrote it. */
  text,
  /** Whose data are faulty; at least one. */
  sources: list(word(PUBLISHERS)),
  /** Left out: every test of the sources. */
  tests: optional(list(text)),
  /** Left out: everywhere. */
  places: optional(list(country)),
});
export type KnownProblem = InferOutput<typeof KNOWN_PROBLEM>;

export type Correction = InferOutput<typeof CORRECTIONS>[number];
