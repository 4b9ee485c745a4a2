import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packRows, unpackRows } from '../../site/figures/packed-rows.ts';

it('gives back what it was given, in the same order, whatever JSON it is', () => {
  const rows = fc.array(fc.record({ day: fc.string(), n: fc.nat(), more: fc.jsonValue() }));
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue({ stringUnit: 'binary' }), rows), (json) => {
      const text = JSON.stringify(json);
      const packed: unknown = JSON.parse(JSON.stringify(packRows(JSON.parse(text))));
      expect(JSON.stringify(unpackRows(packed))).toBe(text);
    }),
  );
});

it('says the columns of many rows once', () => {
  const rows = Array.from({ length: 100 }, (_, n) => ({ measurement_count: n, ok_count: 0 }));
  expect(JSON.stringify(packRows(rows)).match(/measurement_count/g)).toHaveLength(1);
});
