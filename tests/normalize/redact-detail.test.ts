import { describe, expect, it } from 'vitest';
import { redactDetail, redactName } from '../../data-build/normalize/redact-detail.ts';

describe('details of rejects', () => {
  it.each([
    ['from 203.0.113.77 today', '203.0.113.77'],
    ['at 2001:db8::1 port', '2001:db8::1'],
    ['by someone@example.org', 'someone@'],
    ['by someone%2540example.org', 'someone'],
    ['from 203%2E0%2E113%2E77 today', '203'],
    ['from ２０３．０．１１３．７７ today', '２０３'],
    ['key AbCdEfGh0123456789AbCdEfGh', 'AbCdEfGh0123456789'],
  ])('%s loses what could lead to a person', (text, secret) => {
    expect(redactDetail(text)).not.toContain(secret);
  });

  it('keep plain words and are short', () => {
    expect(redactDetail('not a name of a test')).toBe('not a name of a test');
    expect(redactDetail('word '.repeat(100))).toHaveLength(80);
  });
});

describe('names of files', () => {
  it.each([
    ['from/someone@example.org 1.jsonl', 'from/…'],
    ['203.0.113.77/2024/a.csv', '…/2024/a.csv'],
    ['a/%32%30%33.0.113.77.csv', 'a/…'],
    ['token=abcdef123.jsonl', '…'],
  ])('%s are published as %s', (name, published) => {
    expect(redactName(name)).toBe(published);
  });

  it('keep ids of tests and machines', () => {
    for (const name of [
      '2020/03/18/ndt7-download-20200318T000657.568382877Z.ndt-knwp4_1583603744_000000000000590E.json.gz',
      'raw/20240105/10/IT/telegram/2024010510_IT_telegram.n1.0.jsonl.gz',
      'reports/3f2504e0-4f89-41d3-9a0c-0305e82c3301.jsonl',
      'd41d8cd98f00b204e9800998ecf8427e.json',
    ])
      expect(redactName(name)).toBe(name);
  });
});
