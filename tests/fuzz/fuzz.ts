/** Changed texts for all readers in turn; the first that fails one is named with its seed. */
import { createRandom } from '../support/mutation.ts';
import { changeText, READERS } from './readers.ts';

export interface Failure {
  readonly reader: string;
  readonly seed: number;
  readonly fault: string;
  readonly text: string;
}

/** Text number `seed` of a reader: the same on every machine. */
export function tryOne(reader: string, seed: number): Failure | null {
  const { good = '', read } = READERS[reader] ?? {};
  const text = changeText(good, createRandom(seed));
  try {
    read?.(text);
    return null;
  } catch (error) {
    return { reader, seed, fault: String(error), text: text.slice(0, 300) };
  }
}

/** Until `isOver`; seeds count up from `first`. */
export function fuzz(
  first: number,
  isOver: (tried: number) => boolean,
): {
  readonly tried: number;
  readonly failures: readonly Failure[];
} {
  const failures = new Map<string, Failure>();
  const names = Object.keys(READERS);
  let tried = 0;
  for (; !isOver(tried); tried += 1) {
    const failure = tryOne(names[tried % names.length] ?? '', first + tried);
    if (failure !== null) failures.set(`${failure.reader} ${failure.fault}`.slice(0, 80), failure);
  }
  return { tried, failures: [...failures.values()] };
}
