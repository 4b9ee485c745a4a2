/** Contradictions between the first lines of a page: finding, totals, and the titles of its charts. */
import { readShares } from './count.ts';
import { daysApart, overlaps, readRanges } from './day-range.ts';
import type { ReadFigure } from './read-page.ts';
import type { Rule } from './rule.ts';
import { isEmptyCell } from './timeline.ts';

/** Counts this near each other are of the same tests, or nobody can tell that they are not. */
const NEAR = 0.01;
/** Few tests come near each other by chance. */
const LEAST = 1000;

/** A day that is tested so much less than others is of other testers, or of part of a day. */
const THIN = 0.1;

/** Of the periods of an axis, so many need tests for its title to speak of tests. */
const FILLED = 0.25;
/** Days of tests from which on they lead it. */
const LEADING = 27;

function filledOf({ columns, rows }: ReadFigure, name: string): number {
  const at = columns.indexOf(name);
  return at < 0 ? 1 : rows.filter((row) => !isEmptyCell(row[at])).length / rows.length;
}

/** Target and place, and network where there is one; null: it is of something else, as what is confirmed. */
function namedIn(finding: string): readonly string[] | null {
  const [, target, place, network] =
    /^Tests of (.+?) in (.+?)(?: on (AS\d+).*?)? showed signs/.exec(finding) ?? [];
  if (target !== undefined && place !== undefined)
    return [target, place, ...(network === undefined ? [] : [network])];
  const [, led, of] = /^([^.:]+): \S+% of tests of (.+?) showed signs/.exec(finding) ?? [];
  return led === undefined || of === undefined ? null : [of.replace(/^websites$/, 'website'), led];
}

export const FIRST_LINES: readonly Rule[] = [
  {
    id: 'near_counts',
    about: 'The first lines count nearly the same tests twice, and not alike.',
    find: ({ finding, totals, figures }) => {
      const titles = figures.filter(({ chart }) => chart === 'witnesses').map(({ title }) => title);
      const shares = [finding, totals, ...titles].flatMap(readShares);
      return shares.flatMap((one, index) =>
        shares
          .slice(index + 1)
          .filter(
            ({ tests, signs }) =>
              Math.min(tests, one.tests) >= LEAST &&
              Math.abs(tests - one.tests) <= NEAR * tests &&
              Math.abs(signs - one.signs) <= NEAR * signs &&
              (tests !== one.tests || signs !== one.signs),
          )
          .map(({ text }) => `${one.text} ↔ ${text}`),
      );
    },
  },
  {
    id: 'lead_elsewhere',
    about: 'The first sentence is of other days than the totals under it.',
    find: ({ finding, totals }) => {
      const [said] = readRanges(finding);
      const [counted] = readRanges(totals);
      // “from 7 November 2024” has no end of its own.
      if (said === undefined || counted === undefined) return [];
      const open = said.first === said.last && said.first <= counted.last;
      return open || overlaps(said, counted) ? [] : [`${finding} ↔ ${totals}`];
    },
  },
  {
    id: 'other_event',
    about: 'The first sentence speaks of an event, and the chart under it of another.',
    find: ({ finding, figures }) =>
      figures
        .filter(({ chart, title }) => {
          // “Telegram: 62% of tests showed signs of interference from 7 November 2024”: what is confirmed has no event.
          const [, target, days] =
            /(?:^|\. )([^.:]+): [^.]*? of tests showed signs of interference([^(]*)/.exec(
              finding,
            ) ?? [];
          const [said] = readRanges(days ?? '');
          if (chart !== 'witnesses' || target === undefined || said === undefined) return false;
          const drawn = readRanges(title);
          return (
            !title.includes(`${target} in `) ||
            !drawn.some(({ first, last }) =>
              [said.first, said.last].some(
                (day) =>
                  Math.abs(daysApart(day, first)) <= 1 || Math.abs(daysApart(day, last)) <= 1,
              ),
            )
          );
        })
        .map(({ title }) => `${finding} ↔ ${title}`),
  },
  {
    id: 'other_series',
    about: 'The first chart of a page is not of what its headline speaks of.',
    find: ({ path, heading, finding, figures: [first] }) => {
      const named = namedIn(finding);
      if (first === undefined || named === null || /^(?:country|event)\//.test(path)) return [];
      const { title, rows } = first;
      const isOf = (part: string): boolean =>
        heading.includes(part) || title.includes(part) || rows.some(([name]) => name === part);
      return named.every(isOf) ? [] : [`${finding} ↔ ${title}`];
    },
  },
  {
    id: 'thin_peak',
    about: 'A highest share is named of a day with far fewer tests than the others.',
    find: ({ totals }) => {
      const [whole] = readShares(totals);
      const said = /[Tt]he highest share was on .*/.exec(totals)?.[0] ?? '';
      const [peak] = readShares(said);
      const [range] = readRanges(totals);
      if (whole === undefined || peak === undefined || range === undefined) return [];
      const usual = whole.tests / (daysApart(range.first, range.last) + 1);
      return peak.tests < THIN * usual ? [totals] : [];
    },
  },
  {
    id: 'hollow_axis',
    about: 'A timeline whose title is about tests has tests at one end of it.',
    find: ({ figures }) =>
      figures
        .filter((figure) => {
          const { chart, title, columns, rows } = figure;
          const [tested] = readRanges(title.split('OONI')[1] ?? '');
          return (
            chart === 'witnesses' &&
            /of tests in|change was found/.test(title) &&
            tested !== undefined &&
            // Fewer days lead no timeline.
            daysApart(tested.first, tested.last) >= LEADING &&
            columns.length > 0 &&
            rows.length > 0 &&
            filledOf(figure, 'tests') < FILLED
          );
        })
        .map(({ title }) => title),
  },
  {
    id: 'nothing_affected',
    about: 'Nothing stands out, it says, on a page that has something confirmed to print.',
    find: ({ text, sentences }) => {
      const said = sentences.find(({ level }) => level === 'confirmed' || level === 'signs');
      return said !== undefined && text.includes('No app, tool or website stands out')
        ? [said.text]
        : [];
    },
  },
  {
    id: 'too_few_tests_here',
    about: 'A caption says too few tests of a place that has many.',
    find: ({ text, totals }) => {
      const [whole] = readShares(totals);
      return whole === undefined || whole.tests < LEAST
        ? []
        : [...text.matchAll(/Too few tests in [^|]* for a rate/g)].map(([found]) => found);
    },
  },
  {
    id: 'calm_and_events',
    about: '“No change was found” stands above bars of what was found.',
    find: ({ figures }) =>
      figures
        .filter(
          ({ chart, title, notes }) =>
            chart === 'witnesses' &&
            /^No change (?:was found|detected)/.test(title) &&
            notes.some((note) => note.includes('detected events')),
        )
        .map(({ title }) => title),
  },
];
