/** Charts by keyboard: a drawing whose marks can be read takes the focus and says what it is. */
import { unfoldTargets } from '../charts/folded-targets.ts';

/** What the readout steps through, the first that there is: whole periods or cells, single marks, bars, whole rows. */
export const MARKS = [
  '.targets [data-period]',
  '[data-period]',
  '.marks [data-key]',
  '[data-row]',
] as const;

/** Whether a key leads from mark to mark. With Shift it marks a stretch to zoom into, else it is the browser's. */
export function isReadingKey(event: KeyboardEvent): boolean {
  const { key, shiftKey, ctrlKey, altKey, metaKey } = event;
  return !shiftKey && !ctrlKey && !altKey && !metaKey && /^(?:Arrow|Home$|End$)/.test(key);
}

/** Whether marks that carry what they say must be drawn first. */
export function lacksMarks(drawing: Element): boolean {
  return drawing.querySelector('[data-marks]') !== null;
}

const SVG = 'http://www.w3.org/2000/svg';

/** Makes what can be pointed at of the text that the page holds it as. */
export function openTargets(drawing: Element): void {
  for (const group of drawing.querySelectorAll<SVGElement>('.targets[data-folded]')) {
    group.append(
      ...unfoldTargets(group.dataset['folded'] ?? '').map(({ x, y, width, height, data = {} }) => {
        const mark = document.createElementNS(SVG, 'rect');
        for (const [name, value] of Object.entries({ x, y, width, height }))
          mark.setAttribute(name, String(value));
        for (const [name, value] of Object.entries(data))
          mark.setAttribute(`data-${name}`, String(value));
        return mark;
      }),
    );
    delete group.dataset['folded'];
  }
}

/**
 * `application`, so that screen readers pass arrow keys on; its name and its words are those of the drawing, whose finding
 * is the title and whose numbers and caveats are the description.
 */
export function makeReachable(drawing: HTMLElement): void {
  const named = drawing.querySelector('svg[role="img"]');
  if (
    named === null ||
    drawing.querySelector(`.targets, [data-marks], ${MARKS.join(', ')}`) === null
  )
    return;
  drawing.tabIndex = 0;
  drawing.setAttribute('role', 'application');
  drawing.setAttribute('aria-labelledby', named.getAttribute('aria-labelledby') ?? '');
  drawing.setAttribute(
    'aria-describedby',
    `chart-help ${named.getAttribute('aria-describedby') ?? ''}`,
  );
  const role = document.querySelector('main')?.dataset['chartRole'];
  if (role !== undefined) drawing.setAttribute('aria-roledescription', role);
}
