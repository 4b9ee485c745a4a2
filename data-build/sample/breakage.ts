/** Faults of real dumps, added on purpose: each kind once or a few times, at known places. */
import type { Day } from '../contract/brands.ts';
import type { SampleTest } from './fate.ts';

export type Breakage =
  | 'empty_object'
  | 'invalid_json'
  | 'not_utf8'
  | 'clock_2037'
  | 'as0'
  | 'zz'
  | 'null_test_keys'
  | 'duplicate'
  | 'cut_file';

/** `week` counts bucket weeks from 1, the oldest. */
const PLAN: readonly {
  readonly cc: string;
  readonly test: SampleTest;
  readonly week: number;
  readonly kind: Breakage;
}[] = [
  { cc: 'PT', test: 'web_connectivity', week: 1, kind: 'empty_object' },
  { cc: 'PT', test: 'web_connectivity', week: 2, kind: 'empty_object' },
  { cc: 'JP', test: 'telegram', week: 3, kind: 'empty_object' },
  { cc: 'UY', test: 'web_connectivity', week: 2, kind: 'invalid_json' },
  { cc: 'JP', test: 'web_connectivity', week: 1, kind: 'not_utf8' },
  { cc: 'PT', test: 'whatsapp', week: 2, kind: 'clock_2037' },
  { cc: 'NZ', test: 'signal', week: 2, kind: 'as0' },
  { cc: 'NZ', test: 'whatsapp', week: 3, kind: 'zz' },
  { cc: 'NZ', test: 'web_connectivity', week: 4, kind: 'null_test_keys' },
  { cc: 'JP', test: 'web_connectivity', week: 2, kind: 'duplicate' },
  { cc: 'PT', test: 'web_connectivity', week: 3, kind: 'cut_file' },
];

/** The breakages planned for one file of the bucket. */
export function plannedBreakages(cc: string, test: SampleTest, week: number): Breakage[] {
  return PLAN.filter((one) => one.cc === cc && one.test === test && one.week === week).map(
    ({ kind }) => kind,
  );
}

/**
 * The lines of one file with one breakage put in near its middle. Bytes that are no UTF-8 are written as
 * U+00FF and become 0xFF in `encodeLines`. Files that are cut stay as they are: see `cutFile`.
 */
export function breakLines(lines: readonly string[], kind: Breakage): string[] {
  const middle = Math.floor(lines.length / 2);
  const line = lines[middle];
  if (line === undefined) return [...lines];
  const put = (...more: string[]) => [...lines.slice(0, middle), ...more, ...lines.slice(middle)];
  const swap = (text: string) => lines.with(middle, text);
  switch (kind) {
    case 'empty_object':
      return put('{}');
    case 'invalid_json':
      return put(line.slice(0, Math.floor(line.length / 3)));
    case 'not_utf8':
      return put(line.replace('atlas-sample', 'atlas-\u00ff\u00ff'));
    case 'clock_2037':
      return put(
        line
          .replace(/"measurement_start_time":"\d{4}-/, '"measurement_start_time":"2037-')
          .replace(/"report_id":"\d{4}/, '"report_id":"2037'),
      );
    case 'as0':
      return put(line.replace(/"probe_asn":"AS\d+"/, '"probe_asn":"AS0"'));
    case 'zz':
      return put(line.replace(/"probe_cc":"[A-Z]{2}"/, '"probe_cc":"ZZ"'));
    case 'null_test_keys': {
      const start = line.indexOf('"test_keys":');
      const end = line.indexOf(',"test_name":');
      return swap(`${line.slice(0, start)}"test_keys":null${line.slice(end)}`);
    }
    case 'duplicate':
      return put(line);
    case 'cut_file':
      return [...lines];
  }
}

/** Lines as bytes; every U+00FF becomes the single byte 0xFF, which is no UTF-8. */
export function encodeLines(lines: readonly string[]): Buffer {
  const text = `${lines.join('\n')}\n`;
  return text.includes('\u00ff') ? Buffer.from(text, 'latin1') : Buffer.from(text, 'utf8');
}

/** A download that broke off: the first three fifths of the file. */
export function cutFile(bytes: Buffer): Buffer {
  return bytes.subarray(0, Math.floor(bytes.length * 0.6));
}

/** A file that no reader of dumps knows. */
export const STRAY_FILE = {
  path: 'notes.txt',
  text: 'A stray file, put into the sample to see that it is listed and not ignored in silence.\n',
} as const;

/** Folder part of the bucket for the day and hour on which a week of measurements was uploaded. */
export function uploadFolder(day: Day): string {
  return `${day.replaceAll('-', '')}/23`;
}
