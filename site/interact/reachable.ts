/** Charts by keyboard: a drawing whose marks can be read takes the focus and says what it is. */

/** What the readout steps through, the first that there is: whole periods or cells, single marks, bars, whole rows. */
export const MARKS = [
  '.targets [data-period]',
  '[data-period]',
  '.marks [data-key]',
  '[data-row]',
] as const;

/** Whether marks that carry what they say must be drawn first. */
export function lacksMarks(drawing: Element): boolean {
  const [targets] = MARKS;
  const many = drawing.querySelector('[data-row], .targets') !== null;
  return many && drawing.querySelector(targets) === null;
}

/**
 * `application`, so that screen readers pass arrow keys on; its name and its words are those of the drawing, whose finding
 * is the title and whose numbers and caveats are the description.
 */
export function makeReachable(drawing: HTMLElement): void {
  const named = drawing.querySelector('svg[role="img"]');
  if (named === null || drawing.querySelector(`.targets, ${MARKS.join(', ')}`) === null) return;
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
