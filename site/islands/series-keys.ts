/**
 * A button for each series that the legend of a chart names, beside the drawing, whose own words are one picture to
 * assistive technology. Small on purpose: it is in the first script of a page; what a button does is in figure-selection.ts.
 */

export interface Series {
  readonly key: string;
  readonly name: string;
}

/** The series of a figure in the order of its legend; fewer than two are none to choose among. */
export function listSeries(figure: Element): readonly Series[] {
  const legend = figure.querySelector('svg .legend:has(> [data-series])');
  const marks = [...(legend?.querySelectorAll(':scope > [data-series]') ?? [])];
  if (marks.length < 2) return [];
  return marks.map((mark) => ({
    key: mark.getAttribute('data-series') ?? '',
    name: mark.getAttribute('data-name') ?? '',
  }));
}

/** Puts the buttons there, or takes them away where there is nothing to choose; right ones stay as they are. */
export function addSeriesKeys(figure: Element): void {
  const drawing = figure.querySelector(':scope > .drawing');
  const there = figure.querySelector(':scope > .series-keys');
  const series = listSeries(figure);
  const { seriesKeys = '' } = document.querySelector<HTMLElement>('main')?.dataset ?? {};
  if (drawing === null || series.length === 0) {
    there?.remove();
    return;
  }
  const names = (buttons: Iterable<Element>): string =>
    [...buttons].map((button) => button.getAttribute('data-series-key')).join('\n');
  if (
    there !== null &&
    names(there.querySelectorAll('button')) === series.map(({ key }) => key).join('\n')
  )
    return;
  const row = document.createElement('div');
  row.className = 'series-keys';
  row.setAttribute('role', 'group');
  row.setAttribute('aria-label', seriesKeys);
  const label = document.createElement('span');
  label.setAttribute('aria-hidden', 'true');
  label.textContent = seriesKeys;
  row.append(label);
  for (const { key, name } of series) {
    const button = document.createElement('button');
    button.type = 'button';
    button.dataset['seriesKey'] = key;
    button.setAttribute('aria-pressed', 'true');
    button.textContent = name;
    row.append(button);
  }
  there?.remove();
  drawing.after(row);
}

/** The series whose legend entry is under the pointer, the gap between swatch and word too; null: none is. */
export function seriesAt(figure: Element, { clientX, clientY }: MouseEvent): string | null {
  const entry = [...figure.querySelectorAll('svg .legend > [data-series]')].find((mark) => {
    const { left, right, top, bottom } = mark.getBoundingClientRect();
    return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
  });
  return entry?.getAttribute('data-series') ?? null;
}
