/** Real dumps that lie beside the checkout on some machines. They are never copied into the project. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SHARED = path.resolve(ROOT, '../shared/data');

/** Absolute path of a file or folder under `../shared/data`; null when it is not on this machine. */
export function sharedData(...parts: readonly string[]): string | null {
  const found = path.join(SHARED, ...parts);
  return existsSync(found) ? found : null;
}

/** A `describe` that runs only where `../shared/data/<part>` exists, and says so in its name where not. */
export function describeWithSharedData(
  name: string,
  part: string,
  body: (folder: string) => void,
): void {
  const found = sharedData(part);
  if (found === null) {
    // The body may read what is not there.
    it.skip(`${name} [skipped: no ../shared/data/${part} on this machine]`, () => undefined);
    return;
  }
  describe(name, () => {
    body(found);
  });
}
