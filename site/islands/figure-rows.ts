/** Ticked rows of a table in the drawing above it: rows of cells that stay, periods that are marked. */
import { stripCell } from '../charts/strip-chart.ts';
import { toTimeAxis, type TimeAxis } from '../charts/marks/time-axis.ts';
import { daysBetween, toDay, type Day } from '../../data-build/contract/brands.ts';
import type { TimeGrain } from '../../data-build/contract/vocabulary.ts';
import { nextPeriod, parseFrameData } from '../view/time-frame.ts';

const SVG = 'http://www.w3.org/2000/svg';

interface Drawing {
  readonly svg: SVGSVGElement;
  readonly width: number;
  readonly axis: TimeAxis;
}

/** The drawings of a chart over time, with the axis that they were laid out on. */
function listDrawings(figure: HTMLElement): readonly Drawing[] {
  const frame = parseFrameData(figure.dataset['frame'] ?? '');
  if (frame === null) return [];
  return [...figure.querySelectorAll<SVGSVGElement>('.drawing > svg')].map((svg) => {
    const width = svg.viewBox.baseVal.width;
    return { svg, width, axis: toTimeAxis(frame, { width }) };
  });
}

/**
 * Leaves the rows of cells that ticked rows belong to, closed up, with the ticked cells outlined; no keys: all. A key is
 * the row’s and the period’s. Null: the chart has no such rows.
 */
export function showStripRows(
  figure: HTMLElement,
  keys: readonly string[],
): { readonly shown: number; readonly total: number; readonly missing: number } | null {
  const drawings = listDrawings(figure).filter(
    ({ svg }) => svg.querySelector('.marks > [data-row]') !== null,
  );
  const [seen] = drawings.toSorted(
    (a, b) => b.svg.getBoundingClientRect().width - a.svg.getBoundingClientRect().width,
  );
  if (seen === undefined) return null;
  const ticked = keys.flatMap((key) => {
    const [row = '', period = ''] = key.split(' ');
    const start = toDay(period);
    return start === null ? [] : [{ row, start }];
  });
  const wanted = new Set(ticked.map(({ row }) => row));
  const grain = parseFrameData(figure.dataset['frame'] ?? '')?.grain ?? 'week';
  const rowsOf = ({ svg }: Drawing) => [
    ...svg.querySelectorAll<SVGGElement>('.marks > [data-row]'),
  ];
  for (const drawing of drawings) {
    const { svg, width, axis } = drawing;
    for (const old of svg.querySelectorAll('.chosen')) old.remove();
    const rows = rowsOf(drawing);
    // None of the ticked ones may be drawn; then all stay.
    const some = rows.filter(({ dataset }) => wanted.has(dataset['row'] ?? ''));
    const kept = some.length === 0 ? rows : some;
    const { top, height, row: step } = stripCell({ width });
    for (const row of rows) {
      row.dataset['y'] ??= /translate\(\S+ (\S+)\)/.exec(row.getAttribute('transform') ?? '')?.[1];
      row.style.display = kept.includes(row) ? '' : 'none';
    }
    const first = Number(rows[0]?.dataset['y'] ?? 0);
    kept.forEach((row, index) => {
      row.setAttribute('transform', `translate(0 ${first + index * step})`);
      for (const { start } of ticked.filter((cell) => cell.row === row.dataset['row'])) {
        const { x, width: wide } = axis.slot({ start, end: nextPeriod(start, grain) });
        row.append(box(x, top, wide, height));
      }
    });
    closeUp(svg, (rows.length - kept.length) * step);
    // How many are drawn, and in which order, is said under the chart meanwhile.
    for (const order of svg.querySelectorAll<SVGElement>(':scope > .unit'))
      order.style.display = kept.length === rows.length ? '' : 'none';
  }
  const drawn = new Set(rowsOf(seen).map(({ dataset }) => dataset['row'] ?? ''));
  const shown = [...wanted].filter((row) => drawn.has(row)).length;
  return { shown, total: drawn.size, missing: wanted.size - shown };
}

/** Moves what stands below the rows up by so many pixels. */
function closeUp(svg: SVGSVGElement, by: number): void {
  const full = Number((svg.dataset['height'] ??= String(svg.viewBox.baseVal.height)));
  let below = svg.querySelector(':scope > .marks')?.nextElementSibling ?? null;
  for (; below !== null; below = below.nextElementSibling) {
    if (by === 0) below.removeAttribute('transform');
    else below.setAttribute('transform', `translate(0 ${-by})`);
  }
  svg.setAttribute('height', String(full - by));
  svg.setAttribute('viewBox', `0 0 ${svg.viewBox.baseVal.width} ${full - by}`);
}

/** Marks the slots of these periods; null: the chart has no plot over time. */
export function markPeriods(figure: HTMLElement, keys: readonly string[]): number | null {
  const drawings = listDrawings(figure).filter(
    ({ svg }) => svg.querySelector('[data-plot]') !== null,
  );
  if (drawings.length === 0) return null;
  const days = keys.flatMap((key) => toDay(key) ?? []).sort();
  const grain = grainOf(figure);
  for (const { svg, axis } of drawings) {
    svg.querySelector(':scope > .chosen')?.remove();
    const [top = 0, bottom = 0] = (
      svg.querySelector('[data-plot]')?.getAttribute('data-plot') ?? ''
    )
      .split(' ')
      .map(Number);
    if (days.length === 0) continue;
    const group = document.createElementNS(SVG, 'g');
    group.setAttribute('class', 'chosen');
    for (const start of days) {
      const slot = axis.slot({ start, end: nextPeriod(start, grain) });
      group.append(box(slot.x, top, slot.width, bottom - top));
    }
    svg.append(group);
  }
  return days.length;
}

/** The step of the rows, which may be finer than that of the axis: speed by the day over months. */
function grainOf(figure: HTMLElement): TimeGrain {
  const days = [...figure.querySelectorAll<HTMLElement>('tbody tr[data-key]')]
    .flatMap(({ dataset }) => toDay(dataset['key'] ?? '') ?? [])
    .sort();
  const steps = days.slice(1).map((day: Day, index) => daysBetween(days[index] ?? day, day));
  const step = Math.min(...steps.filter((length) => length > 0));
  if (!Number.isFinite(step)) return parseFrameData(figure.dataset['frame'] ?? '')?.grain ?? 'day';
  return step >= 28 ? 'month' : step >= 7 ? 'week' : 'day';
}

function box(x: number, y: number, width: number, height: number): SVGRectElement {
  const rect = document.createElementNS(SVG, 'rect');
  rect.setAttribute('class', 'chosen');
  rect.setAttribute('x', String(x));
  rect.setAttribute('y', String(y));
  rect.setAttribute('width', String(width));
  rect.setAttribute('height', String(height));
  return rect;
}
