/** Fetches the engine as soon as a reader turns to what needs it, so that it is there when they ask. */
import { savesData } from './data-saver.ts';

/** A pointer over the place or focus in it is an intent. With data saver nothing is fetched before it is asked for. */
export function fetchOnIntent(place: HTMLElement): void {
  const begin = (): void => {
    place.removeEventListener('pointerover', begin);
    place.removeEventListener('focusin', begin);
    if (savesData()) return;
    import('../engine/wasm/session.ts')
      .then(async ({ fetchEngine }) => fetchEngine(() => undefined))
      .catch(() => {
        // Who asks is told, and can try again.
      });
  };
  place.addEventListener('pointerover', begin);
  place.addEventListener('focusin', begin);
}
