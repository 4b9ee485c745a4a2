import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  fullCitation,
  shortCitation,
  writeBibtex,
  writeCsl,
  writeRis,
  type Citable,
} from '../../site/export/citation.ts';

const cited: Citable = {
  title: 'Kenya: 4% of tests & “signs” {x} of #1_2.',
  dataVersion: '2024-11-29-1a2b3c4d',
  url: 'https://example.org/country/KE/?since=2024-11-01&release=2024-11-29-1a2b3c4d#rate',
  sources: [
    {
      name: 'OONI',
      publisher: 'Open Observatory of Network Interference',
      url: 'https://ooni.org/',
      citation: 'OONI, measurements of November 2024',
      licence: 'CC BY-NC-SA 4.0',
    },
  ],
  synthetic: false,
};

/** `name = {value}` pairs of one entry; braces inside values are balanced. */
function readBibtex(text: string): { type: string; key: string; fields: Map<string, string> } {
  const [, type = '', key = ''] = /^@(\w+)\{([^,\s]+),/.exec(text) ?? [];
  const fields = new Map<string, string>();
  let at = text.indexOf(',') + 1;
  for (;;) {
    const head = /^\s*(\w+) = \{/.exec(text.slice(at));
    if (head === null) break;
    let depth = 1;
    let end = at + head[0].length;
    const start = end;
    while (depth > 0) {
      if (end >= text.length) throw new Error('A brace is not closed.');
      if (text[end] === '\\') end += 1;
      else if (text[end] === '{') depth += 1;
      else if (text[end] === '}') depth -= 1;
      end += 1;
    }
    fields.set(head[1] ?? '', text.slice(start, end - 1));
    at = end + 1;
  }
  if (text.slice(at).trim() !== '}') throw new Error(`Left over: ${text.slice(at)}`);
  return { type, key, fields };
}

it('names release, address, sources and their licences in words', () => {
  for (const text of [shortCitation(cited), fullCitation(cited)]) {
    expect(text).toContain('2024-11-29-1a2b3c4d');
    expect(text).toContain(cited.url);
  }
  expect(fullCitation(cited)).toContain('OONI, measurements of November 2024 (CC BY-NC-SA 4.0)');
  expect(fullCitation(cited)).not.toContain('Synthetic');
  expect(shortCitation({ ...cited, synthetic: true })).toContain('Synthetic');
});

it('parses as BibTeX, whatever the title holds', () => {
  const { type, key, fields } = readBibtex(writeBibtex(cited));
  expect(type).toBe('misc');
  expect(key).toMatch(/^interference-atlas-2024-11-29-1a2b3c4d-\w+$/);
  expect(fields.get('title')).toBe('{Kenya: 4\\% of tests \\& “signs” \\{x\\} of \\#1\\_2}');
  expect(fields.get('url')).toBe(cited.url);
  expect(fields.get('year')).toBe('2024');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (title) => {
      expect([...readBibtex(writeBibtex({ ...cited, title })).fields.keys()]).toContain('note');
    }),
  );
});

it('parses as RIS: a tag a line, from TY to ER', () => {
  const lines = writeRis({ ...cited, title: 'two\nlines' })
    .trimEnd()
    .split('\r\n');
  for (const line of lines) expect(line).toMatch(/^[A-Z][A-Z0-9] {2}-(?: |$)/);
  expect(lines[0]).toBe('TY  - DATA');
  expect(lines.at(-1)?.trim()).toBe('ER  -');
  expect(lines).toContain(`UR  - ${cited.url}`);
  expect(lines).toContain('DA  - 2024/11/29');
});

it('is CSL-JSON with a date and an author', () => {
  const [item] = JSON.parse(writeCsl(cited));
  expect(item).toMatchObject({
    type: 'dataset',
    version: '2024-11-29-1a2b3c4d',
    issued: { 'date-parts': [[2024, 11, 29]] },
    URL: cited.url,
    author: [{ literal: 'Interference Atlas contributors' }],
  });
});

it('gives two views of a release two keys, and one view the same key', () => {
  const key = (url: string) => readBibtex(writeBibtex({ ...cited, url })).key;
  expect(key('https://example.org/a')).toBe(key('https://example.org/a'));
  expect(key('https://example.org/a')).not.toBe(key('https://example.org/b'));
});
