import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../data-build/parse/json.ts';
import { NO_FINGERPRINTS, compileFingerprints } from '../../data-build/score/fingerprints.ts';
import { compilePatterns } from '../../data-build/score/pattern-search.ts';
import { describeWithSharedData } from '../support/shared-data.ts';
import { DNS_CSV, HTTP_CSV } from './fingerprint-lists.ts';

function namesIn(body: JsonValue): readonly string[] {
  const found = compileFingerprints(HTTP_CSV, DNS_CSV).matchResponses([{ body }]);
  return found.kind === 'matches' ? found.matches.map((match) => match.name) : [found.kind];
}

function toBase64(text: string): JsonValue {
  return { format: 'base64', data: Buffer.from(text, 'utf8').toString('base64') };
}

describe('fingerprints', () => {
  it('count what is used; rows the publisher ignores are no faults', () => {
    const matcher = compileFingerprints(HTTP_CSV, DNS_CSV);
    expect(matcher.count).toBe(10);
    expect(matcher.malformedRows).toBe(0);
  });

  it('skip and count malformed rows', () => {
    const csv = `${HTTP_CSV}short,row\r\nname,nat,,body,contains,,5,,t,,\r\nopen,nat,,body,contains,"never closed`;
    const matcher = compileFingerprints(csv, 'name,scope\nx,nat\n');
    expect(matcher.malformedRows).toBe(4);
    expect(matcher.count).toBe(9);
  });

  it('keep quotes, commas and line ends inside a pattern', () => {
    expect(namesIn('x<b>one, "two"</b>\r\n<i>three</i>x')).toEqual(['test.body_lines']);
  });

  it('find the same in text and in base64, non-ASCII patterns included', () => {
    const page = 'Эта страница заблокирована по решению';
    expect(namesIn(page)).toEqual(['test.body_wide']);
    expect(namesIn(toBase64(page))).toEqual(['test.body_wide']);
    expect(namesIn(Buffer.from(page, 'utf8').toString('latin1'))).toEqual([]);
  });

  it('decode base64 as leniently as Python', () => {
    const data = Buffer.from('Blocked by order 7').toString('base64');
    const body = (text: string): JsonValue => ({ format: 'base64', data: text });
    expect(namesIn(body(`${data.slice(0, 6)}\n ${data.slice(6)}`))).toEqual(['test.body_isp']);
    expect(namesIn(body(`${data}QUJD`))).toEqual(['test.body_isp']);
    expect(namesIn(body(`${data}====`))).toEqual(['test.body_isp']);
    expect(namesIn(body('QUJ'))).toEqual(['undecodable']);
    expect(namesIn(body('QUJDR'))).toEqual(['undecodable']);
    expect(namesIn(body('QUJDRA='))).toEqual(['undecodable']);
    expect(namesIn(body('=QUJD'))).toEqual([]);
  });

  it('publish names without signs that could be taken for an address', () => {
    expect(namesIn('Odd name page text')).toEqual(['odd_name_here']);
  });

  it('match nothing without lists', () => {
    expect(NO_FINGERPRINTS.count).toBe(0);
    expect(NO_FINGERPRINTS.malformedRows).toBe(0);
    expect(NO_FINGERPRINTS.matchResponses([{ body: 'Blocked by order 7' }])).toEqual({
      kind: 'matches',
      matches: [],
    });
  });
});

describeWithSharedData('published lists', 'ooni-lists/fingerprints', (folder) => {
  const csv = readFileSync(path.join(folder, 'fingerprints_http.csv'), 'utf8');

  it('finds what includes finds for pieces of the lists themselves', () => {
    // The list's own text holds every pattern, next to its neighbours: the hardest text there is.
    const patterns = csv.split(/[,\r\n"]+/).filter((text) => text.length > 2);
    const search = compilePatterns(patterns);
    for (let at = 0; at < csv.length; at += 29_917) {
      const text = csv.slice(at, at + 12_000);
      expect(search.findIn(text)).toEqual(
        patterns.flatMap((pattern, index) => (text.includes(pattern) ? [index] : [])),
      );
    }
  });
});
