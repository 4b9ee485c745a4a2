/** Drawings of a page: what their marks say is fetched and shown when a reader points at them or comes by keyboard. */
import { isReadingKey, lacksMarks, openTargets } from '../interact/reachable.ts';
import { closest, once, selections, wholeTables } from './listen.ts';

const readout = once(async () => import('../interact/readout.ts'));

// Before anything else looks for what can be pointed at.
for (const type of ['pointerover', 'pointerdown', 'focusin', 'keydown'] as const) {
  document.addEventListener(
    type,
    (event) => {
      const drawing = closest(event, 'figure[data-chart] .drawing');
      if (drawing !== null) openTargets(drawing);
    },
    true,
  );
}

for (const type of ['pointerover', 'focusin', 'keydown'] as const) {
  document.addEventListener(type, (event) => {
    const drawing = closest(event, 'figure[data-chart] .drawing');
    if (!(drawing instanceof HTMLElement)) return;
    // The code that reads may still be on its way, and the page would scroll meanwhile.
    if (event instanceof KeyboardEvent && isReadingKey(event) && drawing.tabIndex === 0)
      event.preventDefault();
    const read = (): void => {
      readout(({ openReadout }) => {
        openReadout(drawing).handle(event);
      });
    };
    const figure = drawing.closest('figure');
    const isCut = figure?.querySelector('table[data-cut]') instanceof Element;
    if (figure !== null && type === 'keydown' && lacksMarks(drawing))
      selections(({ drawMarks }) => void drawMarks(figure).then(read));
    else if (figure === null || !isCut) read();
    else {
      // What a mark says may be in a row that the page does not hold; a key acts at once.
      if (type === 'keydown') read();
      wholeTables(({ completeTable }) => {
        const done = completeTable(figure);
        if (type !== 'keydown') void done.then(read);
      });
    }
  });
}

// What very many marks say is fetched when a reader comes to them; of charts drawn for a phone alone, by pointer, too.
for (const type of ['pointerover', 'focusin'] as const) {
  document.addEventListener(type, (event) => {
    const drawing = closest(event, 'figure[data-chart] .drawing');
    const figure = drawing?.closest('figure');
    if (drawing === null || !(figure instanceof HTMLElement) || !lacksMarks(drawing)) return;
    if (type === 'focusin' || figure.dataset['drawn'] !== undefined)
      selections(({ drawMarks }) => void drawMarks(figure));
  });
}
