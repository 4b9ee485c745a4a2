import { describe, expect, it } from 'vitest';
import { formatDomain } from '../../data-build/words/domain.ts';
import { toHost, withoutWww } from '../../site/state/domain.ts';

describe('names of hosts', () => {
  it.each([
    ['https://www.Example.ORG:8443/path?x=1#y', 'www.example.org'],
    ['example.org.', 'example.org'],
    ['//user@example.org/', null],
    ['http://user:word@example.org', 'example.org'],
    ['XN----7SBBHPVK3AIKDDP.xn--p1ai', 'сайт-проверка.рф'],
    ['ข่าวทดสอบ.ไทย', 'ข่าวทดสอบ.ไทย'],
    ['xn--zz--.com', 'xn--zz--.com'],
    ['two words.org', null],
    ['', null],
  ])('%s is %s', (text, host) => {
    expect(toHost(text)).toBe(host);
  });

  it('lose `www.` unless it is the name itself', () => {
    expect(withoutWww('www.example.org')).toBe('example.org');
    expect(withoutWww('www.com')).toBe('www.com');
    expect(withoutWww('www.gov.uk')).toBe('www.gov.uk');
    expect(withoutWww('www.bbc.co.uk')).toBe('bbc.co.uk');
  });

  it('are shown with their punycode where letters of several scripts could pass for others', () => {
    expect(formatDomain('аррӏе.com')).toBe('аррӏе.com (xn--80ak6aa92e.com)');
    expect(formatDomain('яндекс.рф')).toBe('яндекс.рф');
    expect(formatDomain('例え.テスト')).toBe('例え.テスト');
    expect(formatDomain('example-1.org')).toBe('example-1.org');
  });
});
