/**
 * What a mark says, under the pointer and by arrow keys. It reads the `data-*` attributes that the drawing carries
 * and the row of the figure's own table; it adds nothing to the drawing but a class on the mark that is read.
 */
import { toDay } from '../../data-build/contract/brands.ts';
import { translate, type MessageKey } from '../i18n/translate.ts';
import { formatCount, formatDay, formatItems, formatPercent } from '../view/format.ts';
import { isReadingKey, MARKS } from './reachable.ts';
import { readCells, type NamedCell } from './table-cells.ts';

export interface Readout {
  /** Takes pointer, focus and key events that fall into the drawing. */
  handle(event: Event): void;
}

/** Names of numbers in `data-*` beside that of tests, in the order in which they are read out. */
const NUMBERS = {
  signs: 'readout.signs',
  anomaly: 'readout.anomaly',
  confirmed: 'readout.confirmed',
  failure: 'readout.failure',
  count: 'readout.count',
} as const satisfies Record<string, MessageKey>;

const opened = new WeakMap<HTMLElement, Readout>();

/** The readout of one `.drawing`; the same one every time. */
export function openReadout(drawing: HTMLElement): Readout {
  const known = opened.get(drawing);
  if (known !== undefined) return known;
  const readout = createReadout(drawing);
  opened.set(drawing, readout);
  return readout;
}

function createReadout(drawing: HTMLElement): Readout {
  const box = document.createElement('div');
  box.className = 'readout';
  box.hidden = true;
  box.setAttribute('aria-hidden', 'true');
  const spoken = document.createElement('p');
  spoken.className = 'visually-hidden';
  spoken.setAttribute('aria-live', 'polite');
  drawing.append(box, spoken);
  let current: Element | null = null;
  /** Where the keys are. A pointer that lies still may come and go as the page moves under it. */
  let keysAt: Element | null = null;

  const clear = (): void => {
    current?.classList.remove('read');
    current = null;
    box.hidden = true;
  };
  const forget = (): void => {
    clear();
    keysAt = null;
  };
  const read = (mark: Element, aloud: boolean): void => {
    if (mark === current) return;
    clear();
    current = mark;
    mark.classList.add('read');
    const { heading, lines } = describeMark(mark, drawing);
    box.replaceChildren(line('strong', heading), ...lines.map((text) => line('span', text)));
    box.hidden = false;
    place(box, mark, drawing);
    if (aloud) spoken.textContent = [heading, ...lines].join('. ');
  };

  drawing.addEventListener('pointerleave', clear);
  drawing.addEventListener('focusout', forget);

  return {
    handle(event) {
      if (event instanceof KeyboardEvent) {
        if (event.key === 'Escape') forget();
        if (!isReadingKey(event)) return;
        const marks = visibleMarks(drawing);
        const next = step(marks, whereIn(marks, keysAt ?? current), event.key);
        if (next === null) return;
        keysAt = next;
        read(next, true);
        return;
      }
      if (event.type !== 'pointerover' || !(event.target instanceof Element)) return;
      // What was made for this very event lies over what it fell on.
      const mark =
        event.target.closest('[data-period]') ??
        (event instanceof PointerEvent ? markAt(event) : null);
      if (mark !== null && drawing.contains(mark)) read(mark, false);
    },
  };
}

function markAt({ clientX, clientY }: PointerEvent): Element | null {
  return document.elementFromPoint(clientX, clientY)?.closest('[data-period]') ?? null;
}

/** Marks of the drawing that is shown: of the two, the other has no size. */
function visibleMarks(drawing: HTMLElement): readonly Element[] {
  const [shown] = [...drawing.querySelectorAll('svg')].sort(
    (a, b) => b.getBoundingClientRect().width - a.getBoundingClientRect().width,
  );
  if (shown === undefined) return [];
  for (const marks of MARKS) {
    const found = [...shown.querySelectorAll(marks)];
    if (found.length > 0) return found;
  }
  return [];
}

/** A mark, or what stands for the same where the chart was drawn anew since it was read. */
function whereIn(marks: readonly Element[], mark: Element | null): Element | null {
  if (mark === null || mark.isConnected) return mark;
  const said = saysOf(mark);
  return marks.find((each) => saysOf(each) === said) ?? null;
}

function saysOf(mark: Element): string {
  return [...mark.attributes]
    .filter(({ name }) => name.startsWith('data-'))
    .map(({ name, value }) => `${name}=${value}`)
    .sort()
    .join('\n');
}

/** The mark that a key leads to, by where marks stand on the screen; null: there are none. */
function step(marks: readonly Element[], from: Element | null, key: string): Element | null {
  const placed = marks.map((mark) => ({ mark, at: mark.getBoundingClientRect() }));
  const start = placed.find(({ mark }) => mark === from);
  if (start === undefined) return marks.at(key === 'End' ? -1 : 0) ?? null;
  const row = placed.filter(({ at }) => Math.abs(at.top - start.at.top) < 1);
  const inRow = row.sort((a, b) => a.at.left - b.at.left).map(({ mark }) => mark);
  const index = inRow.indexOf(start.mark);
  // Rows that are one mark each are one column.
  const line = inRow.length === 1 ? marks : inRow;
  if (key === 'Home') return line[0] ?? null;
  if (key === 'End') return line.at(-1) ?? null;
  const onward = key === 'ArrowRight' || key === 'ArrowDown' ? 1 : -1;
  if (line === inRow && /^Arrow(?:Left|Right)$/.test(key))
    return inRow[index + onward] ?? start.mark;
  const beyond = placed.filter(({ at }) => (at.top - start.at.top) * onward >= 1);
  const distance = (at: DOMRect): number =>
    Math.abs(at.top - start.at.top) * 1000 + Math.abs(at.left - start.at.left);
  const [nearest] = beyond.sort((a, b) => distance(a.at) - distance(b.at));
  return nearest?.mark ?? start.mark;
}

/** Heading: what the mark stands for; lines: every number with its word. */
function describeMark(
  mark: Element,
  drawing: HTMLElement,
): { readonly heading: string; readonly lines: readonly string[] } {
  const data = new Map(
    [...mark.attributes]
      .filter(({ name }) => name.startsWith('data-'))
      .map(({ name, value }) => [name.slice(5), value]),
  );
  const table = drawing.closest('figure')?.querySelector('table') ?? null;
  const said = data.get('said');
  if (said !== undefined)
    return {
      heading: data.get('label') ?? formatPeriodOf(data.get('period') ?? '', []),
      lines: said.split('\n'),
    };
  const one = data.get('key') ?? data.get('row');
  const keys = data.get('keys')?.split('\n') ?? (one === undefined ? [] : [one]);
  const rows = table === null ? [] : keys.flatMap((key) => [readCells(table, key) ?? []]);
  if (rows.some((cells) => cells.length > 0)) return describeRows(rows);
  const period = data.get('period') ?? '';
  const cells = table === null ? [] : (readCells(table, period) ?? []);
  const heading = formatPeriodOf(period, cells);
  const tests = data.get('tests');
  const lines = [
    ...(tests === undefined ? [] : [translate('count.tests', { n: Number(tests) })]),
    ...Object.entries(NUMBERS).flatMap(([name, key]) => {
      const value = data.get(name);
      return value === undefined ? [] : [translate(key, { n: formatCount(Number(value)) })];
    }),
  ];
  return { heading, lines: [...lines, ...describeRate(data, cells)] };
}

/** Lines of a chart that are told at once; the rest is counted. */
const MOST_ROWS = 6;

/** One row with all its numbers; several rows of one period with the first of theirs and how many tests. */
function describeRows(rows: readonly (readonly NamedCell[])[]): {
  readonly heading: string;
  readonly lines: readonly string[];
} {
  const [first = []] = rows;
  const named = first.filter(({ column }, index) => index === 0 || column.startsWith('series_'));
  if (rows.length === 1) {
    const names = new Set(named);
    return {
      heading: formatItems(named.map(({ text }) => text)),
      lines: describeNumbers(first.filter((cell) => !names.has(cell))),
    };
  }
  return {
    heading: first[0]?.text ?? '',
    lines: rows.slice(0, MOST_ROWS).map((cells) => {
      const [, name, value] = cells;
      const of = (column: string): string =>
        cells.find((cell) => cell.column === column)?.text ?? '';
      const [upper, tests] = [of('upper'), of('tests')];
      const details = [
        ...(upper === '' ? [] : [translate('readout.range', { lower: of('lower'), upper })]),
        ...(tests !== '' && of('rate') === value?.text
          ? [translate('readout.n', { n: tests })]
          : []),
      ];
      const words = translate('readout.cell', {
        label: name?.text ?? '',
        text: value?.text ?? '',
      });
      // What has no share says its number of tests by itself.
      return details.length === 0 || words.includes('=')
        ? words
        : translate('readout.detailed', { words, details: formatItems(details) });
    }),
  };
}

/** `tests: 142`; the two ends of an interval on one line. */
function describeNumbers(cells: readonly NamedCell[]): readonly string[] {
  const upper = cells.find(({ column }) => column === 'upper')?.text ?? '';
  return cells.flatMap(({ column, label, text }) => {
    if (text === '' || column === 'upper') return [];
    if (column === 'lower') return [translate('readout.interval', { lower: text, upper })];
    return [translate('readout.cell', { label, text })];
  });
}

/** The rate with its interval, or why there is none. */
function describeRate(
  data: ReadonlyMap<string, string>,
  cells: readonly NamedCell[],
): readonly string[] {
  if (data.get('floor') === 'below') return [translate('readout.too_few')];
  const signs = data.get('signs');
  const tests = Number(data.get('tests') ?? 0);
  if (signs === undefined || tests === 0) return [];
  const interval = cells.find(({ column }) => column === 'interval')?.text ?? '';
  const percent = formatPercent(Number(signs) / tests);
  return [
    interval === ''
      ? translate('readout.rate', { percent })
      : translate('readout.rate_interval', { percent, interval }),
  ];
}

/** The period as the figure's own table names it, else its first day. */
function formatPeriodOf(period: string, cells: readonly NamedCell[]): string {
  const day = toDay(period);
  const named = cells.find(({ column }) => column === 'period')?.text;
  return named ?? (day === null ? period : formatDay(day));
}

/** Beside the mark, inside the drawing. Only the style object is used: the policy forbids style attributes. */
function place(box: HTMLElement, mark: Element, drawing: HTMLElement): void {
  const frame = drawing.getBoundingClientRect();
  const at = mark.getBoundingClientRect();
  const { width } = box.getBoundingClientRect();
  const middle = at.left + at.width / 2 - frame.left;
  const room = Math.max(0, frame.width - width);
  const left = middle + 12 + width <= frame.width ? middle + 12 : middle - 12 - width;
  box.style.left = `${Math.min(Math.max(0, left), room)}px`;
  // Of a whole row nothing is hidden: what is said of it stands below.
  const top = at.width > frame.width / 2 ? at.bottom : at.top;
  box.style.top = `${Math.max(0, top - frame.top)}px`;
}

function line(name: 'strong' | 'span', text: string): HTMLElement {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}
