import { describe, expect, it } from 'vitest';
import {
  parseMeasurementLine,
  parsePostcanMember,
} from '../../data-build/parse/measurement-line.ts';

describe('a measurement line', () => {
  it('is the object it holds', () => {
    expect(parseMeasurementLine('{"test_name": "tor"}')).toEqual({
      kind: 'measurement',
      raw: { test_name: 'tor' },
    });
  });

  it.each([
    ['', 'empty_line'],
    ['  \t', 'empty_line'],
    ['{}', 'empty_line'],
    ['{"a": ', 'invalid_json'],
    ['NaN', 'invalid_json'],
    ['[1]', 'not_an_object'],
    ['"text"', 'not_an_object'],
    ['null', 'not_an_object'],
  ])('%j is rejected as %s', (text, reason) => {
    expect(parseMeasurementLine(text)).toMatchObject({ kind: 'problem', reason });
  });

  it('never quotes the line', () => {
    expect(JSON.stringify(parseMeasurementLine('{"secret": 203.0.113.9'))).not.toContain('203');
  });

  it('cannot pass itself off as a problem', () => {
    expect(parseMeasurementLine('{"kind": "problem", "reason": "x"}').kind).toBe('measurement');
  });
});

describe('a postcan member', () => {
  it('is its content', () => {
    const text = '{"format": "json", "content": {"test_name": "tor"}, "is_verified": "t"}';
    expect(parsePostcanMember(text)).toEqual({ kind: 'measurement', raw: { test_name: 'tor' } });
  });

  it.each([
    ['{"format": "yaml", "content": "a: b"}', 'invalid_json'],
    ['{"format": "json", "content": "text"}', 'not_an_object'],
    ['{"format": "json"}', 'not_an_object'],
    ['--- yaml', 'invalid_json'],
  ])('%s is rejected as %s', (text, reason) => {
    expect(parsePostcanMember(text)).toMatchObject({ reason });
  });
});
