/** Fetches what an answer needs as soon as a reader turns to what asks for it, so that it is there when they ask. */
import { savesData } from './data-saver.ts';

/**
 * A pointer over the place or focus in it is an intent. With data saver nothing is fetched before it is asked for. What
 * `name` says was fetched for is not fetched again.
 */
export function fetchOnIntent(
  place: HTMLElement,
  fetchAhead: () => Promise<unknown>,
  name: () => string = () => '',
): void {
  let fetched: string | null = null;
  const begin = (): void => {
    if (savesData() || fetched === name()) return;
    fetched = name();
    fetchAhead().catch(() => {
      // Who asks is told, and can try again.
    });
  };
  place.addEventListener('pointerover', begin);
  place.addEventListener('focusin', begin);
}

/** The engine, into the cache of the browser. */
export async function fetchEngineAhead(): Promise<void> {
  const { fetchEngine } = await import('../engine/wasm/session.ts');
  await fetchEngine(() => undefined);
}
