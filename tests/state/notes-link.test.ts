/** Notes in a link: what a reader wrote comes back; what anyone else writes into it does no harm. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  cleanNote,
  formatNotesLink,
  MOST_NOTES,
  NOTE_LENGTH,
  parseNotesLink,
  type OwnMark,
} from '../../site/state/notes-link.ts';

const part = fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000);
const mark: fc.Arbitrary<OwnMark> = fc.record({
  text: fc
    .string({ minLength: 1, maxLength: NOTE_LENGTH, unit: 'grapheme' })
    .map((text) => cleanNote(text.slice(0, NOTE_LENGTH)))
    .filter((text) => text !== ''),
  at: fc.record({
    period: fc.constantFrom(null, '2024-11-07', '2020-02-29'),
    x: part,
    y: part,
  }),
});
const chart = fc.constantFrom('outcomes', 'tool-use', 'finding');

it('gives back what was put in', () => {
  fc.assert(
    fc.property(chart, fc.array(mark, { minLength: 1, maxLength: MOST_NOTES }), (name, marks) => {
      const link = formatNotesLink(name, marks);
      expect(parseNotesLink(link)).toEqual({ chart: name, marks, notices: [] });
      // As a browser hands it on.
      const { hash } = new URL(`https://atlas.example/country/KE/${link}`);
      expect(parseNotesLink(hash)?.marks).toEqual(marks);
    }),
  );
});

it('never throws, and keeps to its limits whatever a link says', () => {
  const junk = fc.oneof(
    fc.string({ maxLength: 300, unit: 'binary' }),
    fc.string({ maxLength: 300 }),
    fc.constantFrom('%', '%ff', '\uD800', '\u202Eevil', '<script>', '2024-02-31,1,1,x', ',1,1,'),
  );
  const parts = fc.array(fc.tuple(fc.constantFrom('&note=', '&notes=', '&', '&x='), junk), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(junk, parts, (name, rest) => {
      const link = parseNotesLink(`#notes=${name}${rest.flat().join('')}`);
      expect(link?.marks.length).toBeLessThanOrEqual(MOST_NOTES);
      expect(link?.notices.length).toBeLessThanOrEqual(20);
      for (const { text, at } of link?.marks ?? []) {
        expect(text.length).toBeGreaterThan(0);
        expect(text.length).toBeLessThanOrEqual(NOTE_LENGTH);
        expect(text).toBe(cleanNote(text));
        expect(text).not.toMatch(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069\u2028]/u);
        for (const where of [at.x, at.y]) expect(where >= 0 && where <= 1).toBe(true);
        expect(at.period ?? '2024-01-01').toMatch(/^\d{4}-\d\d-\d\d$/);
      }
    }),
  );
});

it('says what it left aside', () => {
  const said = (hash: string) => parseNotesLink(hash)?.notices.map(({ reason }) => reason);
  expect(parseNotesLink('#outcomes')).toBeNull();
  expect(parseNotesLink('#sql=SELECT')).toBeNull();
  expect(said('#notes=%3Cb%3E&note=,1,1,a')).toEqual(['unknown_value']);
  expect(said('#notes=outcomes&note=2024-02-31,1,1,a')).toEqual(['unknown_value']);
  expect(said('#notes=outcomes&note=,1,1001,a')).toEqual(['unknown_value']);
  expect(said(`#notes=outcomes&note=,1,1,${'a'.repeat(NOTE_LENGTH + 1)}`)).toEqual([
    'unknown_value',
  ]);
  expect(said('#notes=outcomes&other=1')).toEqual(['unknown_parameter']);
  expect(said(`#notes=outcomes${'&note=,1,1,a'.repeat(MOST_NOTES + 3)}`)).toEqual(['too_many']);
  expect(said(`#notes=outcomes${'&note=,1,1,a'.repeat(3000)}`)?.[0]).toBe('too_long');
});

it('is empty without notes', () => {
  expect(formatNotesLink('outcomes', [])).toBe('');
});
