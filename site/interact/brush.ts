/**
 * Zoom on a chart over time: a drag across it, by mouse or finger, or Shift with arrow keys and then Enter, marks whole
 * periods. What is done with them is told as a `zoomdays` event; a form with the same dates stands beside every such
 * chart. A finger that moves up or down scrolls the page: the stylesheet leaves that way to the browser
 * (`touch-action`), which then takes the pointer back.
 */
import { addDays, daysBetween, toDay, type Day } from '../../data-build/contract/brands.ts';
import { nextPeriod } from '../view/time-frame.ts';

export interface ZoomDays {
  readonly since: Day;
  /** Exclusive. */
  readonly until: Day;
}

export interface Brush {
  /** Takes pointer and key events that fall into the drawing. */
  handle(event: Event): void;
}

/** A shorter drag is a click. */
const LEAST_PIXELS = 8;

const opened = new WeakMap<HTMLElement, Brush>();

/** The brush of one `.drawing`; the same one every time. */
export function openBrush(drawing: HTMLElement): Brush {
  const known = opened.get(drawing);
  if (known !== undefined) return known;
  const brush = createBrush(drawing);
  opened.set(drawing, brush);
  return brush;
}

function createBrush(drawing: HTMLElement): Brush {
  const band = document.createElement('div');
  band.className = 'brush';
  band.hidden = true;
  drawing.append(band);
  let from: number | null = null;
  let to: number | null = null;
  let dragging: AbortController | null = null;

  const show = (): void => {
    const periods = listPeriods(drawing);
    const [first, last] = ordered(from, to);
    const left = periods[first]?.at.left;
    const right = periods[last]?.at.right;
    band.hidden = left === undefined || right === undefined;
    if (left === undefined || right === undefined) return;
    const frame = drawing.getBoundingClientRect();
    band.style.left = `${left - frame.left}px`;
    band.style.width = `${right - left}px`;
  };
  const clear = (): void => {
    from = to = null;
    band.hidden = true;
  };
  const zoom = (): void => {
    const periods = listPeriods(drawing).map(({ start }) => start);
    const [first, last] = ordered(from, to);
    clear();
    const days = toDays(periods, first, last);
    if (days !== null)
      drawing.dispatchEvent(new CustomEvent<ZoomDays>('zoomdays', { bubbles: true, detail: days }));
  };

  const drag = (start: PointerEvent): void => {
    const begin = start.clientX;
    const { pointerId } = start;
    const indexAt = (x: number): number => nearest(listPeriods(drawing), x);
    const stop = new AbortController();
    const { signal } = stop;
    dragging = stop;
    drawing.addEventListener(
      'pointermove',
      (event) => {
        if (event.pointerId !== pointerId) return;
        // The end of a drag that was over before this code was there is never told.
        if (event.buttons === 0) stop.abort();
        if (event.buttons === 0 || Math.abs(event.clientX - begin) < LEAST_PIXELS) return;
        if (!drawing.hasPointerCapture(pointerId)) drawing.setPointerCapture(pointerId);
        from = indexAt(begin);
        to = indexAt(event.clientX);
        show();
      },
      { signal },
    );
    drawing.addEventListener(
      'pointerup',
      (event) => {
        if (event.pointerId !== pointerId) return;
        stop.abort();
        if (Math.abs(event.clientX - begin) >= LEAST_PIXELS && from !== null) zoom();
        else clear();
      },
      { signal },
    );
    drawing.addEventListener(
      'pointercancel',
      () => {
        stop.abort();
        clear();
      },
      { signal },
    );
  };

  return {
    handle(event) {
      if (event instanceof KeyboardEvent) {
        if (event.key === 'Escape') clear();
        if (event.key === 'Enter' && from !== null && to !== null) {
          event.preventDefault();
          zoom();
        }
        const way = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
        if (!event.shiftKey || way === 0) return;
        event.preventDefault();
        const last = listPeriods(drawing).length - 1;
        from ??= Math.max(0, markRead(drawing));
        to = Math.min(Math.max(0, (to ?? from) + way), last);
        show();
        return;
      }
      if (!(event instanceof PointerEvent) || event.button !== 0) return;
      // A second finger is about to pinch the page, not to mark days.
      dragging?.abort();
      clear();
      if (event.isPrimary) drag(event);
    },
  };
}

/** Periods of the drawing that is seen, from left to right, with where they stand. */
function listPeriods(
  drawing: HTMLElement,
): readonly { readonly start: Day; readonly at: DOMRect; readonly mark: Element }[] {
  const seen = new Set<Day>();
  return [...drawing.querySelectorAll('svg')]
    .filter((svg) => svg.getBoundingClientRect().width > 1)
    .flatMap((svg) => [...svg.querySelectorAll('.targets [data-period]')])
    .flatMap((mark) => {
      const start = toDay(mark.getAttribute('data-period') ?? '');
      // Rows of cells have every period many times.
      if (start === null || seen.has(start)) return [];
      seen.add(start);
      return [{ start, mark, at: mark.getBoundingClientRect() }];
    })
    .sort((a, b) => a.at.left - b.at.left);
}

/** Place of the period that is being read; -1: none. */
function markRead(drawing: HTMLElement): number {
  return listPeriods(drawing).findIndex(({ mark }) => mark.classList.contains('read'));
}

function nearest(periods: readonly { readonly at: DOMRect }[], x: number): number {
  const distances = periods.map(({ at }) => Math.max(at.left - x, x - at.right, 0));
  return distances.indexOf(Math.min(...distances));
}

function ordered(a: number | null, b: number | null): readonly [number, number] {
  const [from, to] = [a ?? b ?? 0, b ?? a ?? 0];
  return from <= to ? [from, to] : [to, from];
}

/** Days of the periods from `first` to `last`; the step between periods is that of the axis. */
export function toDays(periods: readonly Day[], first: number, last: number): ZoomDays | null {
  const since = periods[first];
  const end = periods[last];
  if (since === undefined || end === undefined) return null;
  const steps = periods.slice(1).map((start, index) => daysBetween(periods[index] ?? start, start));
  const step = Math.min(...steps);
  if (!Number.isFinite(step)) return { since, until: addDays(end, 1) };
  return { since, until: nextPeriod(end, step >= 28 ? 'month' : step >= 7 ? 'week' : 'day') };
}
