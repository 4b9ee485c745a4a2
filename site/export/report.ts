/** A report of a result that looks wrong, as far as it can be written for the reader: page, release, numbers. */
import { translate } from '../i18n/translate.ts';

export interface ReportSample {
  readonly url: string;
  readonly day: string;
  readonly target: string;
  readonly where: string;
  readonly outcome: string;
}

export interface Reported {
  /** The sentence that the page says, with its numbers. */
  readonly sentence: string;
  readonly samples: readonly ReportSample[];
  readonly release: string;
  readonly synthetic: boolean;
  /** Address of the page as it is in this release. The text ends with it. */
  readonly permalink: string;
}

/** Marks that keep texts apart in a page; elsewhere nobody sees what they are. */
const ISOLATES = /[\u2066-\u2069]/g;

export function writeReport({
  sentence,
  samples,
  release,
  synthetic,
  permalink,
}: Reported): string {
  return [
    ...(synthetic ? [translate('site.synthetic')] : []),
    translate('report.text.head'),
    '',
    translate('report.text.wrong'),
    '',
    '',
    translate('report.text.says', { sentence }),
    ...(samples.length === 0 ? [] : ['', translate('report.text.samples')]),
    ...samples.map(
      ({ target, where, day, outcome, url }) => `- ${target}, ${where}, ${day}, ${outcome}: ${url}`,
    ),
    '',
    translate('report.text.page', { release, permalink }),
  ]
    .join('\n')
    .replace(ISOLATES, '');
}

/** The operator's address with the text in it: of a mail, or of a form that takes `title` and `body`. */
export function reportHref(address: string, title: string, text: string): string {
  const isMail = address.startsWith('mailto:');
  const plain = title.replace(ISOLATES, '');
  const fields: readonly (readonly [string, string])[] = isMail
    ? [
        ['subject', plain],
        ['body', text.replaceAll('\n', '\r\n')],
      ]
    : [
        ['title', plain],
        ['body', text],
      ];
  // Mail programs take a plus for a plus.
  const search = fields.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return `${address}${address.includes('?') ? '&' : '?'}${search}`;
}
