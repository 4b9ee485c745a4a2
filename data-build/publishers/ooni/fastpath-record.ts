/** A row of OONI's monthly export of its fastpath table (`SELECT * … FORMAT CSVWithNames`), columns by name. */
import { problem, type Problem } from '../../contract/problem.ts';
import { type JsonObject, isJsonObject } from '../../parse/json.ts';
import { parseJson } from '../../parse/measurement-line.ts';

export interface FastpathRecord {
  readonly kind: 'fastpath';
  /** The envelope’s fields under the names they have in a measurement. */
  readonly raw: JsonObject;
  readonly anomaly: boolean;
  readonly confirmed: boolean;
  readonly failure: boolean;
  readonly blockingType: string;
  /** The publisher’s scores; empty when they cannot be read. */
  readonly scores: JsonObject;
}

const NEEDED = [
  'measurement_uid',
  'report_id',
  'input',
  'probe_cc',
  'probe_asn',
  'test_name',
  'measurement_start_time',
  'anomaly',
  'confirmed',
  'msm_failure',
] as const;

export type FastpathHeader = ReadonlyMap<string, number>;

/** Places of the columns; newer and older exports have more or fewer than we need. */
export function parseFastpathHeader(fields: readonly string[]): FastpathHeader | Problem {
  const header = new Map(fields.map((name, index) => [name, index]));
  const missing = NEEDED.find((name) => !header.has(name));
  return missing === undefined ? header : problem('invalid_csv', `no column ${missing}`);
}

function parseFlag(text: string): boolean | null {
  return text === 't' ? true : text === 'f' ? false : null;
}

export function parseFastpathRecord(
  header: FastpathHeader,
  fields: readonly string[],
): FastpathRecord | Problem {
  if (fields.length !== header.size) return problem('invalid_csv', `${fields.length} fields`);
  const at = (name: string): string => fields[header.get(name) ?? -1] ?? '';
  const anomaly = parseFlag(at('anomaly'));
  const confirmed = parseFlag(at('confirmed'));
  const failure = parseFlag(at('msm_failure'));
  if (anomaly === null || confirmed === null || failure === null) {
    return problem('invalid_csv', 'a flag is neither t nor f');
  }
  const scores = parseJson(at('scores'));
  return {
    kind: 'fastpath',
    raw: {
      measurement_uid: at('measurement_uid'),
      report_id: at('report_id'),
      input: at('input'),
      probe_cc: at('probe_cc'),
      probe_asn: at('probe_asn'),
      test_name: at('test_name'),
      test_version: at('test_version'),
      measurement_start_time: at('measurement_start_time'),
      software_name: at('software_name'),
      software_version: at('software_version'),
      annotations: { platform: at('platform'), engine_version: at('engine_version') },
    },
    anomaly,
    confirmed,
    failure,
    blockingType: at('blocking_type'),
    scores: isJsonObject(scores) ? scores : {},
  };
}
