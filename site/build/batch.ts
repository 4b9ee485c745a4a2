/** Many pages ask the same of one subject each; the engine is asked once for many subjects. */
import type { Query } from '../query/query.ts';
import type { Ask } from '../catalog/ask.ts';

/** Pages are drawn in the order of their keys. `ask` must remember its latest answers. */
export function askInBatches(ask: Ask, keys: readonly (string | number)[], size: number): Ask {
  const placeOf = new Map(keys.map((key, index) => [key, Math.floor(index / size)] as const));
  const groups = new WeakMap<readonly unknown[], ReadonlyMap<unknown, readonly number[]>>();
  return async <Row>(query: Query<Row>, scope: Parameters<Ask>[1] = {}) => {
    const { batch } = query;
    const place = batch === undefined ? undefined : placeOf.get(batch.key);
    if (batch === undefined || place === undefined) return ask(query, scope);
    const rows = await ask(batch.many(keys.slice(place * size, (place + 1) * size)), scope);
    let group = groups.get(rows);
    if (group === undefined) {
      group = Map.groupBy(rows.keys(), (index) => keyAt(rows, index, batch.keyOf));
      groups.set(rows, group);
    }
    return (group.get(batch.key) ?? []).flatMap((index) => rows[index] ?? []);
  };
}

function keyAt<Row>(rows: readonly Row[], index: number, keyOf: (row: Row) => unknown): unknown {
  const row = rows[index];
  return row === undefined ? undefined : keyOf(row);
}
