import { describe, expect, it } from 'vitest';
import { redactDetail } from '../../data-build/normalize/redact-detail.ts';

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
