/** Answers for many pages from one question each, kept only while the pages that need them are drawn. */

export interface Batches<Key, Answer> {
  /** The answer of the batch that holds the key. Throws for a key that was not given. */
  load(key: Key): Promise<Answer>;
}

/** Pages are drawn in the order of their keys, so only the latest batch is held. */
export function toBatches<Key, Answer>(
  keys: readonly Key[],
  size: number,
  ask: (batch: readonly Key[]) => Promise<Answer>,
): Batches<Key, Answer> {
  const placeOf = new Map(keys.map((key, index) => [key, Math.floor(index / size)] as const));
  let held: { readonly place: number; readonly answer: Promise<Answer> } | null = null;
  return {
    load(key) {
      const place = placeOf.get(key);
      if (place === undefined)
        throw new Error(`No batch holds ${String(key)}; give all keys when making the batches.`);
      if (held?.place !== place)
        held = { place, answer: ask(keys.slice(place * size, (place + 1) * size)) };
      return held.answer;
    },
  };
}
