/** A built page as a reader reads it: headline, sentences, charts with their tables, events. No script is run. */
import { parse, type HTMLElement } from 'node-html-parser';
import { numberOf } from './count.ts';

export interface ReadFigure {
  /** `data-chart`. */
  readonly chart: string;
  readonly title: string;
  readonly subtitle: string;
  readonly notes: readonly string[];
  readonly columns: readonly string[];
  /** Texts of the cells. */
  readonly rows: readonly (readonly string[])[];
  /** The page holds a part of its rows. */
  readonly isPart: boolean;
  /** What is counted beside a map. */
  readonly legend: readonly { readonly label: string; readonly count: number }[];
}

export interface ReadEvent {
  /** Empty where it has none. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

export interface ReadPage {
  /** Below the site: `country/KE/`. */
  readonly path: string;
  readonly heading: string;
  /** What stands at the top: the finding, then the totals; empty where there is none. */
  readonly lede: string;
  /** The finding alone; empty where there is none. */
  readonly finding: string;
  /** The totals alone. */
  readonly totals: string;
  /** Sentences to print, each with its level. */
  readonly sentences: readonly { readonly level: string; readonly text: string }[];
  readonly figures: readonly ReadFigure[];
  readonly events: readonly ReadEvent[];
  /** All visible text of the main part, in order, without SQL. */
  readonly text: string;
}

/** Words of an element with single spaces; thin spaces and dashes between dates count as written. */
function textOf(element: HTMLElement | null): string {
  return (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** `path` ends in `/`. */
export function readPage(path: string, html: string): ReadPage {
  const root = parse(html, { comment: false });
  const main = root.querySelector('main') ?? root;
  for (const unseen of main.querySelectorAll('script, style, template, pre, svg')) unseen.remove();
  for (const block of main.querySelectorAll(
    'td, th, p, li, h1, h2, h3, dt, dd, summary, figcaption',
  ))
    block.insertAdjacentHTML('afterend', '\n| ');
  return {
    path,
    heading: textOf(main.querySelector('h1')),
    lede: main.querySelectorAll('.lede, [data-part="summary"]').slice(0, 2).map(textOf).join(' '),
    finding: textOf(main.querySelector('[data-part="finding"]')),
    totals: textOf(main.querySelector('[data-part="summary"]') ?? main.querySelector('.lede')),
    sentences: main.querySelectorAll('[data-level]').flatMap((item) => {
      const said = item.querySelector('.said');
      return said === null
        ? []
        : [{ level: item.getAttribute('data-level') ?? '', text: textOf(said) }];
    }),
    figures: main.querySelectorAll('figure[data-chart]').map(readFigure),
    events: main.querySelectorAll('li.event').map((item) => ({
      id: (item.getAttribute('id') ?? '').replace(/^event-/, ''),
      title: textOf(item.querySelector('h3')),
      text: textOf(item),
    })),
    text: textOf(main),
  };
}

function readFigure(figure: HTMLElement): ReadFigure {
  const part = (name: string): HTMLElement | null => figure.querySelector(`[data-part="${name}"]`);
  const table = part('table')?.querySelector('table') ?? null;
  return {
    chart: figure.getAttribute('data-chart') ?? '',
    title: textOf(part('title')),
    subtitle: textOf(part('subtitle')),
    notes: (part('notes')?.querySelectorAll('li') ?? []).map(textOf),
    columns: (table?.querySelectorAll('thead th') ?? []).map(textOf),
    rows: (table?.querySelectorAll('tbody tr') ?? []).map((row) =>
      row.querySelectorAll('th, td').map(textOf),
    ),
    isPart: table?.hasAttribute('data-cut') === true,
    legend: figure.querySelectorAll('[data-legend]:not([hidden]) li').flatMap((item) => {
      const counted = item.querySelector('[data-level]');
      const count = textOf(counted);
      counted?.remove();
      // A short word stands for the whole one, which the table says.
      const label = (item.getAttribute('title') ?? textOf(item)).replace(/\s*\|.*$/, '').trim();
      return counted === null ? [] : [{ label, count: numberOf(count) }];
    }),
  };
}
