import { describe, expect, it } from 'vitest';
import {
  domainOfInput,
  normalizeInput,
  publishableInput,
} from '../../data-build/normalize/input.ts';

describe('inputs', () => {
  it('are trimmed, without userinfo; lists are joined', () => {
    expect(normalizeInput(' https://a:b@example.org/x \n')).toBe('https://example.org/x');
    expect(normalizeInput(['a.example.org', 'b.example.org'])).toBe(
      '{a.example.org,b.example.org}',
    );
    expect(normalizeInput('')).toBeNull();
    expect(normalizeInput(null)).toBeNull();
    expect(normalizeInput(undefined)).toBeNull();
    expect(normalizeInput({ a: 1 })).toBeNull();
  });

  it.each([
    ['https://www.Example.ORG:8443/path?x=1', 'example.org'],
    ['http://example.org', 'example.org'],
    ['http://news.bbc.co.uk/', 'news.bbc.co.uk'],
    ['http://www.com/', 'www.com'],
    ['http://www.gov.uk/', 'www.gov.uk'],
    ['https://xn--80ak6aa92e.com/', 'аррӏе.com'],
    ['http://ข่าวทดสอบ.ไทย/', 'ข่าวทดสอบ.ไทย'],
    ['http://xn--22c0bin6duav9a3o.xn--o3cw4h/a', 'ข่าวทดสอบ.ไทย'],
    ['http://сайт-проверка.рф/', 'сайт-проверка.рф'],
    ['http://WWW.XN----7SBBHPVK3AIKDDP.XN--P1AI:80/', 'сайт-проверка.рф'],
    ['http://WWW.BÜCHER.example', 'bücher.example'],
    ['http://xn--zz--.com/', 'xn--zz--.com'],
    ['http://نامه\u200Cای.com/', 'نامه\u200Cای.com'],
    ['stun://stun.example.net:19302', 'stun.example.net'],
    ['example.org.', 'example.org'],
    ['github.com:443', 'github.com'],
    ['{a.example.org,b.example.org}', 'a.example.org'],
  ])('%s belongs to %s', (input, domain) => {
    expect(domainOfInput(normalizeInput(input))).toBe(domain);
  });

  it.each([
    'http://203.0.113.7/',
    'http://[2001:db8::1]:80/',
    '198.51.100.4:443',
    'http://localhost:8080/',
    'http://router.local/',
    'http://co.uk/',
    '\\cb3 \\expnd0\\expndtw0\\kerning0',
    'someone@example.org',
    'http://',
    'http://exa mple.org/',
    'http://exa\u200Dmple.org/',
    'http://exa\u202Emple.org/',
    `http://${'a'.repeat(300)}.org/`,
  ])('%s has no domain and is not shown', (input) => {
    expect(domainOfInput(input)).toBeNull();
    expect(publishableInput(input)).toBeNull();
  });

  it.each([
    'vpn://openvpn.example.org/?addr=203.0.113.109:443',
    'http://example.org/?mail=someone@example.com',
    'http://example.org/[2001:db8::1]/',
    'http://example.org/?ip=203%2E0%2E113%2E7',
    'http://example.org/?mail=someone%2540example.com',
    'http://203-0-113-7.dsl.example.org/',
    `http://example.org/${'a'.repeat(3000)}`,
    'http://example.org/\u0007',
  ])('%s is not shown, whatever its domain', (input) => {
    expect(publishableInput(input)).toBeNull();
  });

  it('shows plain addresses of public sites', () => {
    expect(publishableInput('https://www.example.org/a?b=c')).toBe('https://www.example.org/a?b=c');
  });
});
