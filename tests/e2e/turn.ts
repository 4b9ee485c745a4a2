/** Waiting for the answer to what was asked last of a place, as `site/islands/turn.ts` tells it, never for an older one. */
import type { Locator } from 'playwright';
import { expect } from 'vitest';

/** Loading the engine and drawing take as long as the machine needs. */
export const PATIENCE = { timeout: 45_000 };

/** Until the place has been asked something after its question number `after`, and all it was asked is answered. */
export async function answered(place: Locator, after = 0): Promise<void> {
  await expect
    .poll(
      () =>
        place.evaluate(
          ({ dataset }: HTMLElement, number) =>
            Number(dataset['asked'] ?? 0) > number && dataset['answered'] === dataset['asked'],
          after,
        ),
      PATIENCE,
    )
    .toBe(true);
}

/** Does what asks something of the place, and waits for the answer to it. */
export async function ask(place: Locator, act: () => Promise<unknown>): Promise<void> {
  const before = Number(await place.getAttribute('data-asked'));
  await act();
  await answered(place, before);
}
