import { describe, expect, it } from 'vitest';
import { reportHref, writeReport } from '../../site/export/report.ts';

const REPORTED = {
  sentence:
    'Of 52 tests of Telegram on 6 networks, 41 showed signs of interference, 1–14 May 2024.',
  samples: [
    {
      url: 'https://explorer.example/m/1',
      day: '7 May 2024',
      target: '\u2068example.org\u2069',
      where: 'Kenya, \u2068AS64500\u2069',
      outcome: 'signs of interference (DNS)',
    },
  ],
  release: '2024-11-29-35a847f3',
  synthetic: false,
  permalink: 'https://atlas.example/event/abc/?release=2024-11-29-35a847f3',
};

describe('the report of a wrong result', () => {
  it('holds the numbers, the measurements and the release, and ends with the permalink', () => {
    const text = writeReport(REPORTED);
    expect(text).toContain(REPORTED.sentence);
    expect(text).toContain(
      '- example.org, Kenya, AS64500, 7 May 2024, signs of interference (DNS): https://explorer.example/m/1\n',
    );
    expect(text).toContain(`release ${REPORTED.release}`);
    expect(text.endsWith(` ${REPORTED.permalink}`)).toBe(true);
  });

  it('says that a sample is one', () => {
    expect(writeReport(REPORTED)).not.toMatch(/synthetic/i);
    expect(writeReport({ ...REPORTED, synthetic: true })).toMatch(/Synthetic sample/);
  });

  it('says nothing of measurements where the page has none', () => {
    const text = writeReport({ ...REPORTED, samples: [] });
    expect(text).not.toMatch(/measurements/i);
  });

  it('arrives whole in a mail and in a form', () => {
    const text = writeReport(REPORTED);
    const mail = new URL(reportHref('mailto:atlas@example.org', 'Signs & more', text));
    const inMail = new Map(
      mail.search
        .slice(1)
        .split('&')
        .map((part) => part.split('=').map(decodeURIComponent))
        .map(([name = '', value = '']) => [name, value] as const),
    );
    expect(mail.pathname).toBe('atlas@example.org');
    expect(inMail.get('subject')).toBe('Signs & more');
    expect(inMail.get('body')).toBe(text.replaceAll('\n', '\r\n'));
    const form = new URL(reportHref('https://forge.example/new?labels=data', 'Signs & more', text));
    expect(Object.fromEntries(form.searchParams)).toEqual({
      labels: 'data',
      title: 'Signs & more',
      body: text,
    });
  });
});
