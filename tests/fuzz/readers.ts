/** Every reader of text from outside, with a good text, and what must hold for any other. */
import { isProblem, type Problem } from '../../data-build/contract/problem.ts';
import { isJsonObject, type JsonValue } from '../../data-build/parse/json.ts';
import { parseCsvTable, type CsvTable } from '../../data-build/parse/csv-table.ts';
import { parseJson, parseMeasurementLine } from '../../data-build/parse/measurement-line.ts';
import {
  parseAggregationCsv,
  parseAggregationJson,
} from '../../data-build/publishers/ooni/aggregation.ts';
import { normalizeCounts } from '../../data-build/publishers/ooni/counts.ts';
import {
  parseFastpathHeader,
  parseFastpathRecord,
} from '../../data-build/publishers/ooni/fastpath-record.ts';
import { normalizeMeasurement } from '../../data-build/publishers/ooni/measurement-reader.ts';
import { normalizeDailyStatistics } from '../../data-build/publishers/mlab/daily-statistics.ts';
import { iqbSelect } from '../../data-build/publishers/mlab/iqb.ts';
import { normalizeNdtExport } from '../../data-build/publishers/mlab/ndt-export.ts';
import { normalizeNdtRecord } from '../../data-build/publishers/mlab/ndt-test.ts';
import { normalizeUsage } from '../../data-build/publishers/psiphon/usage.ts';
import { normalizeTorUse } from '../../data-build/publishers/tor-metrics/userstats.ts';
import { compileFingerprints, NO_FINGERPRINTS } from '../../data-build/score/fingerprints.ts';
import { parseExclusions } from '../../data-build/exclusions.ts';
import { UsageError } from '../../data-build/outcome.ts';
import { normalizeShutdowns } from '../../data-build/publishers/access-now/shutdowns.ts';
import { normalizeOutages } from '../../data-build/publishers/ioda/outages.ts';
import { parseTestList } from '../../data-build/test-lists.ts';
import { parseHints } from '../../site/catalog/hints.ts';
import { parseManifest } from '../../site/catalog/manifest.ts';
import { parseSlices, slicesOf } from '../../site/catalog/slices.ts';
import { readStatement } from '../../site/query/statement.ts';
import { meantPath, searchedWords } from '../../site/state/meant.ts';
import { parsePermalink } from '../../site/state/permalink.ts';
import { parseQueryLink } from '../../site/state/query-link.ts';
import { formatState, parseState } from '../../site/state/state.ts';
import { readSearchFile, toEntries, toPlaces } from '../../site/view/search/file.ts';
import { findEntries } from '../../site/view/search/search.ts';
import { DNS_CSV, HTTP_CSV } from '../score/fingerprint-lists.ts';
import { telegramLine } from '../support/measurements.ts';
import { mutateLine, type Random } from '../support/mutation.ts';

interface Reader {
  readonly good: string;
  /** Throws where something that must hold does not. */
  readonly read: (text: string) => void;
}

type Read = Problem | { readonly rows: readonly unknown[]; readonly problems: readonly unknown[] };

/** A table: each line is a row or a counted reject, unless a quotation mark joins lines. */
function table(good: string, normalize: (table: CsvTable) => Read): Reader {
  return {
    good,
    read(text) {
      const parsed = parseCsvTable(text);
      if (isProblem(parsed)) return;
      const read = normalize(parsed);
      if (isProblem(read)) return;
      const given = parsed.rows.length + parsed.problems.length;
      if (read.rows.length + read.problems.length !== given)
        throw new Error(
          `${String(given)} rows gave ${String(read.rows.length)} and ${String(read.problems.length)} rejects`,
        );
    },
  };
}

const json =
  (read: (value: JsonValue) => unknown) =>
  (text: string): void => {
    const value = parseJson(text);
    if (value !== undefined) read(value);
  };

const DAYS = ['2024-03-01', '2024-03-02', '2024-03-03'];
const FASTPATH =
  'report_id,probe_cc,probe_asn,test_name,measurement_start_time,anomaly,confirmed,msm_failure,scores,input,measurement_uid,test_version,software_name,software_version,platform,engine_version,blocking_type';

export const READERS: Readonly<Record<string, Reader>> = {
  ooni_line: {
    good: telegramLine(),
    read(text) {
      const parsed = parseMeasurementLine(text);
      if (isProblem(parsed)) return;
      const row = normalizeMeasurement(
        {
          form: 1,
          raw: parsed.raw,
          origin: { fileMs: null, measurement_uid: null },
          bytes: Buffer.from(text),
        },
        { hint: '', fingerprints: NO_FINGERPRINTS },
      );
      if (isProblem(row) && row.reason === 'scorer_error') throw new Error(row.detail);
    },
  },
  aggregation_json: {
    good: '{"dimension_count":2,"result":[{"anomaly_count":2,"confirmed_count":0,"failure_count":2,"measurement_count":45,"measurement_start_day":"2024-04-02","ok_count":41,"probe_cc":"AD","test_name":"signal"}]}',
    read(text) {
      const reply = parseAggregationJson(text);
      if (!isProblem(reply)) normalizeCounts(reply, {});
    },
  },
  aggregation_csv: {
    good: `anomaly_count,confirmed_count,failure_count,measurement_count,measurement_start_day,ok_count,probe_cc,test_name\n${DAYS.map((day) => `2,0,2,45,${day},41,AD,signal`).join('\n')}`,
    read(text) {
      const reply = parseAggregationCsv(text);
      if (!isProblem(reply)) normalizeCounts(reply, {});
    },
  },
  fastpath: {
    good: 'r,IT,137,telegram,2024-01-05 10:15:00,f,f,f,{},,,0.3.1,ooniprobe-cli,3.8.0,linux,3.8.0,',
    read(text) {
      const header = parseFastpathHeader(FASTPATH.split(','));
      if (!isProblem(header)) parseFastpathRecord(header, text.split(','));
    },
  },
  usage: table(
    `date,country,tool,metric,value,lower,upper,coverage,source,licence\n${DAYS.map((day) => `${day},IT,psiphon,users,900,,,,psiphon,LicenseRef-psiphon-permission`).join('\n')}`,
    normalizeUsage,
  ),
  tor: table(
    `date,country,users,lower,upper,frac\n${DAYS.map((day) => `${day},it,120,100,150,80`).join('\n')}`,
    normalizeTorUse,
  ),
  ndt_export: table(
    `date,country_code,asn,as_name,mbps,min_rtt_ms,loss_rate\n${DAYS.map((day) => `${day},IT,137,Example Net,12.5,20,0.01`).join('\n')}`,
    normalizeNdtExport,
  ),
  ndt_test: {
    good: '{"GitShortCommit":"x","Version":"v","ServerIP":"","StartTime":"2024-05-01T10:00:00Z","EndTime":"2024-05-01T10:00:11Z","Download":{"UUID":"u","StartTime":"2024-05-01T10:00:00Z","EndTime":"2024-05-01T10:00:10Z","ServerMeasurements":[{"TCPInfo":{"BytesAcked":12500000,"ElapsedTime":10000000,"MinRTT":25500}}]}}',
    read: json((value) => isJsonObject(value) && normalizeNdtRecord(value, true)),
  },
  ndt_annotation: {
    good: '{"UUID":"u","Timestamp":"2024-05-01T10:00:00Z","Client":{"Geo":{"CountryCode":"IT"},"Network":{"ASNumber":137,"ASName":"Example Net"}}}',
    read: json((value) => isJsonObject(value) && normalizeNdtRecord(value, true)),
  },
  daily_statistics: {
    good: '[{"date":"2024-03-01","country_code":"IT","bucket_min":0,"bucket_max":1,"dl_samples_bucket":10,"dl_samples_day":10,"download_MED":10}]',
    read: json(normalizeDailyStatistics),
  },
  iqb_path: {
    good: 'v1/20241001T000000Z/20241101T000000Z/downloads_by_country_asn/data.parquet',
    read: (text) =>
      iqbSelect(text, new Set(['country_code', 'sample_count', 'download_p50', 'asn'])),
  },
  shutdowns: table(
    `start_date,end_date,country,geo_scope,source_url\n${DAYS.map((day) => `${day},${day},Italy,national,https://news.example/`).join('\n')}`,
    normalizeShutdowns,
  ),
  outages: table(
    `location,start,duration,datasource,score,licence\n${DAYS.map((_, at) => `country/IT,${String(1_709_251_200 + at)},3600,bgp,12.5,CC0-1.0`).join('\n')}`,
    normalizeOutages,
  ),
  test_list: {
    good: 'url,category_code,category_description,date_added,source,notes\nhttps://www.example.org/,NEWS,News Media,2017-04-12,a,\n',
    read: (text) => parseTestList(text, 'global'),
  },
  exclusions: {
    good: '# Asked for.\nmeasurement_uid 20241107102030.123456_KE_webconnectivity_0123456789abcdef\ninput https://example.org/a\ndomain private.example\n',
    read(text) {
      try {
        parseExclusions(text, 'exclusions');
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
      }
    },
  },
  fingerprints_http: { good: HTTP_CSV, read: (text) => compileFingerprints(text, DNS_CSV) },
  fingerprints_dns: { good: DNS_CSV, read: (text) => compileFingerprints(HTTP_CSV, text) },
  manifest: {
    good: '{"contract_version":"1","data_version":"2024-11-29-0704311f","files":[{"path":"a","table":"events","bytes":1}]}',
    read: json((value) => [parseManifest(value), parseHints(value, '2024-11-29-0704311f')]),
  },
  slices: {
    good: `{"data_version":"2024-11-29-0704311f","files":[{"path":"country/KE/events.csv","kind":"country","key":"KE","table":"events","licence":"cc0","format":"csv","rows":1,"bytes":1,"sha256":"${'0'.repeat(64)}"}]}`,
    read: json((value) => slicesOf(parseSlices(value), 'country', 'KE')),
  },
  search: {
    good: '{"places":[["KE","KEN"]],"untested":[["AQ","ATA"]],"tests":[["telegram","Telegram"]],"themes":[["news","News"]],"findings":[],"networks":[[33771,"Example Net"]],"domains":["example.org"],"events":[["0123456789ab","Kenya"]],"shards":["ex"]}',
    read: json((value) => {
      const file = readSearchFile(value);
      const names = (code: string): readonly string[] => [code];
      findEntries(toEntries(file, names), 'example', 8);
      findEntries(toPlaces(file.untested, names, false), 'ke', 8);
    }),
  },
  state: {
    good: '?probe_cc=KE,IR&test_name=telegram&since=2024-11-01&until=2024-12-01&probe_asn=AS33771&axis_x=day&measure=rate&time_grain=week',
    read(text) {
      const { state } = parseState(text);
      const link = formatState(state);
      if (formatState(parseState(link).state) !== link)
        throw new Error(`${link} is read otherwise`);
    },
  },
  links: {
    good: '#sql=SELECT%201&floors=off',
    read: (text) => [
      parseQueryLink(text),
      parsePermalink(text),
      meantPath(text),
      searchedWords(text),
    ],
  },
  statement: {
    good: "SELECT day, sum(ok_count) FROM interference_country_daily WHERE probe_cc = 'KE' AND \"day\" > DATE '2024-11-01' GROUP BY 1 -- x\n",
    read: readStatement,
  },
};

/** What readers trip over: signs of their grammars, names of the prototype, numbers beyond, text that turns. */
const PIECES: readonly string[] = [
  ...[
    '"',
    "'",
    ',',
    '\n',
    '\r\n',
    '\0',
    '\t',
    '{',
    '}',
    '[',
    ']',
    ':',
    ';',
    '--',
    '/*',
    '*/',
    '$$',
    '&',
    '=',
    '%',
    '%E0%A4%A',
    '#',
    '?',
    '\\',
    '\\u12',
    '\\N',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'null',
    'NaN',
    'Infinity',
    '-1',
    '1e999',
    '9007199254740993',
    '4294967296',
    '0x1',
  ],
  ...[
    '\u202E',
    '\u200B',
    '\uFEFF',
    '\uD83D',
    'İ',
    'ß',
    '٣',
    '２',
    '\u0301'.repeat(30),
    'x'.repeat(10_000),
  ],
  ...[
    '2024-02-30',
    '0000-00-00',
    '275760-09-13',
    'ZZ',
    'XK',
    'AS0',
    '../../etc/passwd',
    '['.repeat(5_000),
    '{"a":'.repeat(2_000),
  ],
];

/** The good text with some of it changed: by its JSON where it has one, else by lines, cells and signs. */
export function changeText(good: string, random: Random): string {
  const value = random(2) === 0 ? parseJson(good) : undefined;
  let text = isJsonObject(value) ? JSON.stringify(mutateLine(value, random)) : good;
  for (let times = random(isJsonObject(value) ? 2 : 4); times >= 0; times -= 1) {
    const piece = PIECES[random(PIECES.length)] ?? '';
    const at = random(text.length + 1);
    const cells = text.split(/([,\n&])/);
    switch (random(6)) {
      case 0:
        text = text.slice(0, at) + piece + text.slice(at);
        break;
      case 1:
        text = text.slice(0, at) + text.slice(at + 1 + random(12));
        break;
      case 2:
        text = text.slice(0, at);
        break;
      case 3:
        text = text.slice(at) + text.slice(0, at);
        break;
      case 4:
        text = cells.toSpliced(random(cells.length), 1, piece).join('');
        break;
      default:
        text = cells.toSpliced(random(cells.length), 0, cells[random(cells.length)] ?? '').join('');
    }
  }
  return text;
}
