/** For listeners of a whole page: what was met, and code that is fetched at the first need. */

/** What an event met, or the nearest thing around it. */
export function closest(event: Event, selector: string): Element | null {
  return event.target instanceof Element ? event.target.closest(selector) : null;
}

/** Runs at once what is loaded: only then can a key still be kept from scrolling the page. */
export function once<T>(load: () => Promise<T>): (use: (loaded: T) => void) => void {
  let there: T | undefined;
  return (use) => {
    if (there !== undefined) use(there);
    else
      void load().then((loaded) => {
        there = loaded;
        use(loaded);
      });
  };
}

/** What several scripts of a page begin to use: whoever comes second finds it there. */
export const selections = once(async () => import('./figure-selection.ts'));
export const wholeTables = once(async () => import('./whole-table.ts'));
