/**
 * What no page may say, each as a reading of one page. A rule names what it read, so that a person can look. Source:
 * docs/words.md and the issue on one story per page.
 */
import { numberOf } from './count.ts';
import { daysApart, overlaps, readRanges } from './day-range.ts';
import { FIRST_LINES } from './first-lines.ts';
import { MAP_RULES } from './map.ts';
import type { ReadFigure, ReadPage } from './read-page.ts';
import { isEmptyCell, tellsOf } from './timeline.ts';
import type { Rule } from './rule.ts';

/** Matches with what stands around them in the same piece of text. */
function quote(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([found]) => found.trim());
}

function lastTested({ text }: ReadPage): string | null {
  const [range] = readRanges(/was last tested on [^.]*/.exec(text)?.[0] ?? '');
  return range?.last ?? null;
}

function lastOfRelease({ text }: ReadPage): string | null {
  return /[Rr]elease (\d{4}-\d{2}-\d{2})-/.exec(text)?.[1] ?? null;
}

function listsOfInterference({ events }: ReadPage): readonly string[] {
  return events
    .filter(
      ({ title, text }) =>
        /interference (?:began|rose)/.test(title) && !/many (?:places|countries)/.test(text),
    )
    .map(({ title }) => title);
}

/** Columns of the timeline and what an empty cell is. */
function coverageOf({ columns, rows }: ReadFigure): ReadonlyMap<string, number> {
  return new Map(
    columns.flatMap((column, index) =>
      index === 0 || column === ''
        ? []
        : [[column, rows.filter((row) => !isEmptyCell(row[index])).length / rows.length]],
    ),
  );
}

export const RULES: readonly Rule[] = [
  ...FIRST_LINES,
  ...MAP_RULES,
  {
    id: 'one_stretch',
    about: 'The headline and every sentence to print speak of different days.',
    find: ({ totals, sentences }) => {
      const [range] = readRanges(totals);
      if (range === undefined || sentences.length === 0) return [];
      const apart = sentences.filter(
        ({ text }) => !readRanges(text).some((other) => overlaps(range, other)),
      );
      return apart.length === sentences.length ? [`${totals} ↔ ${apart[0]?.text ?? ''}`] : [];
    },
  },
  {
    id: 'weaker_sentence',
    about: 'The headline counts confirmed tests, and no sentence to print does.',
    find: ({ lede, sentences }) => {
      const confirmed = numberOf(/([\d,]+) of them confirmed/.exec(lede)?.[1]);
      const weak =
        sentences.length > 0 && sentences.every(({ text }) => !/confirmed|block page/.test(text));
      return confirmed > 0 && weak ? [`${lede} ↔ ${sentences[0]?.text ?? ''}`] : [];
    },
  },
  {
    id: 'finding_first',
    about: 'The page lists a detected event, and its first sentence is about totals.',
    find: (page) => {
      const titles = listsOfInterference(page);
      const named = titles.some((title) => page.lede.includes(title.split(' in ')[0] ?? title));
      return page.path.startsWith('country/') && titles.length > 0 && !named
        ? [`${page.lede} ↔ ${titles[0] ?? ''}`]
        : [];
    },
  },
  {
    id: 'unlisted_first',
    about: 'A headline begins with what is on no test list, which is no category.',
    find: ({ figures }) =>
      figures.flatMap(({ title }) => (/^on no test list/i.test(title) ? [title] : [])),
  },
  {
    id: 'two_ends',
    about: 'The same signs are said not to be over, and not to be tested any more.',
    find: ({ sentences, figures }) => {
      const silent = figures.find(({ title }) => title.includes('no data since'));
      const said = sentences.find(({ text }) => text.includes('not over'));
      return silent === undefined || said === undefined ? [] : [`${said.text} ↔ ${silent.title}`];
    },
  },
  {
    id: 'not_over',
    about: 'Something is said not to be over long after its last test.',
    find: (page) => {
      const end = lastOfRelease(page);
      if (end === null) return [];
      return quote(page.text, /[^.|]*[Nn]ot over (?:by|when the data end)[^.|]*/g).filter(
        (text) => {
          const last = readRanges(text).at(-1)?.last ?? lastTested(page);
          return last !== null && daysApart(last, end) > 14;
        },
      );
    },
  },
  {
    id: 'too_few_of_many',
    about: '“Too few” is said of a number of tests that is not small.',
    find: ({ text }) => [
      ...quote(text, /[^.|]*too few tests[^.|]*\(n = [\d,]+\)/gi).filter(
        (found) => numberOf(/n = ([\d,]+)/.exec(found)?.[1]) >= 100,
      ),
      ...quote(text, /[^.|]*too few to tell[^.|]*?[\d,]+ of [\d,]+ tests/g).filter(
        (found) => numberOf(/of ([\d,]+) tests/.exec(found)?.[1]) >= 100,
      ),
    ],
  },
  {
    id: 'confirmed_for_all',
    about: 'All that was tested is called confirmed for a few tests that were.',
    find: ({ text }) =>
      quote(text, /[^.|]*(?:websites|apps|tools) tested[^.|]*(?:is|was|are) confirmed[^.|]*/g),
  },
  {
    id: 'peak_is_mean',
    about: 'A highest share is named that is the share of the whole.',
    find: ({ totals }) => {
      const mean = /\(([\d.]+)%/.exec(totals)?.[1];
      const peak = /[Tt]he highest share.*\(([\d.]+)%\)/.exec(totals)?.[1];
      return mean !== undefined && mean === peak ? [totals] : [];
    },
  },
  {
    id: 'peak_below_floor',
    about: 'A highest share is named that rests on fewer than 15 tests.',
    find: ({ text }) =>
      quote(text, /[Tt]he highest share was[^.|]*/g).filter(
        (found) => numberOf(/ of ([\d,]+) tests/.exec(found)?.[1]) < 15,
      ),
  },
  {
    id: 'all_of_all',
    about: 'Signs are said of every place or network, which counts stray ones too.',
    find: ({ text }) =>
      quote(
        text,
        /[^.|]*signs[^.|]* in ([\d,]+) of \1 (?:places|countries)[^.|]*|\b([\d,]+) of \2 networks [^.|]*signs[^.|]*/g,
      ).filter((found) => !/usual background|leading method/.test(found)),
  },
  {
    id: 'change_without_cover',
    about: '“No change” is claimed of days that a source hardly covers.',
    find: ({ figures }) =>
      figures.flatMap((figure) => {
        if (figure.chart !== 'witnesses' || !figure.title.startsWith('No change detected'))
          return [];
        if (figure.isPart) return [];
        const thin = [...coverageOf(figure)].filter(([, share]) => share < 0.8);
        return thin.length === 0
          ? []
          : [
              `${figure.title} ↔ ${thin.map(([name, share]) => `${name} ${Math.round(100 * share)} % of the periods`).join(', ')}`,
            ];
      }),
  },
  {
    id: 'silent_witness',
    about: 'Another source is said not to have changed, and it has no data.',
    find: ({ figures }) =>
      figures.flatMap((figure) => {
        if (figure.chart !== 'witnesses' || !figure.title.includes('no other witness changed'))
          return [];
        // What the other rows say is in the file beside the page.
        if (figure.isPart) return [];
        const [turn] = readRanges(figure.title);
        if (turn === undefined) return [];
        const others = figure.title.startsWith('Use of') ? /^tests$|speed/ : /speed|tool use/;
        const heard = figure.columns.some(
          (column, index) =>
            others.test(column) &&
            figure.rows.some((row) => tellsOf(row[0] ?? '', row[index] ?? '', turn.first)),
        );
        return heard ? [] : [figure.title];
      }),
  },
  {
    id: 'calm_above_alarm',
    about: '“No change detected” stands above a share of more than half.',
    find: ({ totals, figures }) => {
      const share = numberOf(/\((\d+)%/.exec(totals)?.[1]);
      const calm = figures.find(({ title }) => title.startsWith('No change detected'));
      return share >= 50 && calm !== undefined ? [`${totals} ↔ ${calm.title}`] : [];
    },
  },
  {
    id: 'most_of_one',
    about: 'One thing is said to show signs most often, and nothing stands beside it.',
    find: ({ figures }) =>
      figures.flatMap(({ title, columns, rows }) => {
        const at = columns.findIndex((column) => /signs|share/.test(column));
        const rated = rows.filter((row) => /\d+%/.test(row[at] ?? ''));
        return title.includes('most often') && at >= 0 && rated.length < 2 ? [title] : [];
      }),
  },
  {
    id: 'methods_of_few',
    about: 'A chart of methods stands over one or two tests.',
    find: ({ figures }) =>
      figures.flatMap(({ chart, title }) =>
        chart === 'methods' && /\(n = [12]\)/.test(title) ? [title] : [],
      ),
  },
  {
    id: 'month_by_day',
    about: 'A table repeats the figure of a month on each of its days.',
    find: ({ figures }) =>
      figures.flatMap(({ chart, title, columns, rows }) => {
        const at = columns.indexOf('median speed');
        const days = rows.map((row) => row[at] ?? '').filter((text) => /\d/.test(text));
        const same = days.filter((text, index) => text === days[index - 1]).length;
        return chart === 'witnesses' && same >= 20
          ? [`${title}: ${days[0] ?? ''}, ${same + 1} rows`]
          : [];
      }),
  },
  {
    id: 'interval_of_nothing',
    about: 'An interval is printed whose two ends are the same.',
    find: ({ text }) => quote(text, /(?:95% interval|\|) (\d+(?:\.\d+)?%)\s*–\s*\1/g),
  },
  {
    id: 'empty_rooms',
    about: 'A chart is drawn that has nothing to show.',
    find: ({ figures }) =>
      figures.flatMap(({ chart, title }) =>
        chart === 'method-strip' && title.startsWith('On no network') ? [title] : [],
      ),
  },
  {
    id: 'slips',
    about: 'Punctuation or a bound that no writer would let stand.',
    find: ({ text }) =>
      quote(
        text,
        /[^.|]{0,60}(?:unknown,\.|Websites tests|unknown on \d|,\.(?!\.)|at least 100\s?% of|\(1 periods\)|lowest, [^|]{1,20}, in \d{1,2} )[^.|]{0,20}/g,
      ),
  },
];
