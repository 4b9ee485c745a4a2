import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatQueryLink, parseQueryLink } from '../../site/state/query-link.ts';

it('gives back what was put in', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, maxLength: 500 }).filter((text) => text.trim() !== ''),
      fc.boolean(),
      (sql, floors) => {
        expect(parseQueryLink(formatQueryLink({ sql, floors }))).toEqual({ sql, floors });
      },
    ),
  );
});

it('survives what is cut, empty or strange', () => {
  expect(parseQueryLink('')).toBeNull();
  expect(parseQueryLink('#sql=')).toBeNull();
  expect(parseQueryLink('#content')).toBeNull();
  expect(parseQueryLink('#sql=SELECT%2')).toEqual({ sql: 'SELECT%2', floors: true });
  expect(parseQueryLink('#floors=off&sql=SELECT%201')).toEqual({ sql: 'SELECT 1', floors: false });
  expect(formatQueryLink({ sql: '  ', floors: false })).toBe('');
});
