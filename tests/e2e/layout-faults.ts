/** What a reader would see go wrong on a page: sideways scrolling, cut or overlapping labels, empty boxes. */
import type { Page } from 'playwright';

/** One sentence per fault, with the text or element it is about; none on a sound page. */
export function findLayoutFaults(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    /** Pixels by which a box may stick out or boxes may touch: roundings, and the air in a line of text. */
    const SLACK = 1.5;
    const faults: string[] = [];
    const name = (element: Element): string => {
      const words = element.textContent.replace(/\s+/g, ' ').trim().slice(0, 50);
      const figure = element.closest('figure')?.getAttribute('data-chart');
      const kind = element.classList.length > 0 ? `.${[...element.classList].join('.')}` : '';
      return `${figure ? `[${figure}] ` : ''}${element.localName}${kind} “${words}”`;
    };
    const shown = (element: Element): boolean =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true });

    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width) {
      const scrolls = (element: Element): boolean => {
        for (let up: Element | null = element.parentElement; up !== null; up = up.parentElement)
          if (getComputedStyle(up).overflowX !== 'visible') return true;
        return false;
      };
      const wide = [...document.body.querySelectorAll('*')].filter(
        (element) =>
          shown(element) &&
          element.getBoundingClientRect().right > width + SLACK &&
          !scrolls(element),
      );
      const first = wide.at(-1);
      faults.push(`scrolls sideways${first === undefined ? '' : `: ${name(first)}`}`);
    }

    for (const svg of document.querySelectorAll('svg')) {
      if (svg.parentElement?.closest('svg') || !shown(svg)) continue;
      const frame = svg.getBoundingClientRect();
      if (frame.width < 2 || frame.height < 2) continue;
      const labels = [...svg.querySelectorAll('text')]
        // The mark of samples is meant to lie over the chart.
        .filter(
          (text) =>
            shown(text) &&
            text.textContent.trim() !== '' &&
            !text.classList.contains('synthetic-mark'),
        )
        .map((text) => {
          const box = text.getBoundingClientRect();
          // A box of text holds room for accents and tails that most lines leave empty.
          const air = text.getAttribute('transform') === null ? box.height * 0.2 : 0;
          return {
            text,
            left: box.left,
            right: box.right,
            top: box.top + air,
            bottom: box.bottom - air,
          };
        });
      for (const { text, left, right, top, bottom } of labels) {
        if (
          left < frame.left - SLACK ||
          right > frame.right + SLACK ||
          top < frame.top - SLACK ||
          bottom > frame.bottom + SLACK
        )
          faults.push(`label cut off: ${name(text)}`);
      }
      labels.sort((a, b) => a.left - b.left);
      labels.forEach((one, index) => {
        for (const other of labels.slice(index + 1)) {
          if (other.left > one.right - SLACK) break;
          if (one.top < other.bottom - SLACK && other.top < one.bottom - SLACK)
            faults.push(`labels overlap: ${name(one.text)} and ${name(other.text)}`);
        }
      });
    }

    for (const element of document.querySelectorAll('main :is(p,ul,ol,dl,section,figure,h2,h3)')) {
      const box = element.getBoundingClientRect();
      if (!shown(element) || box.width < 2) continue;
      const silent =
        element.textContent.trim() === '' && element.querySelector('svg, img, input') === null;
      if (silent && box.height > 2) faults.push(`empty: ${name(element)}`);
      if (
        element.localName === 'section' &&
        /^h[23]$/.test(element.lastElementChild?.localName ?? '')
      )
        faults.push(`heading with nothing under it: ${name(element)}`);
    }

    for (const element of document.querySelectorAll('main *, header *')) {
      if (!(element instanceof HTMLElement) || !shown(element)) continue;
      const style = getComputedStyle(element);
      const clips = style.overflowX === 'hidden' || style.overflowX === 'clip';
      if (clips && element.clientWidth > 2 && element.scrollWidth > element.clientWidth + SLACK)
        faults.push(`cut off: ${name(element)}`);
    }
    return faults;
  });
}
