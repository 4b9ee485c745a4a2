/** M-Lab's IQB statistics: the month and cut of a file, and its columns under their right names. */
import { addDays, type Day } from '../../contract/brands.ts';
import { isProblem, type Problem, problem } from '../../contract/problem.ts';
import { PERCENTILES } from '../../contract/columns.ts';
import { PLACE_REFUSALS } from '../../normalize/place-code.ts';
import { MONTH_REFUSALS } from '../../normalize/speed-bounds.ts';
import { toFigureDay } from '../../normalize/time.ts';
import type { Refusals, Selection } from '../../parts.ts';

interface IqbPlace {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly direction: 'download' | 'upload';
  readonly byNetwork: boolean;
}

const PATH =
  /(\d{4})(\d{2})(\d{2})T000000Z\/(\d{8})T000000Z\/(download|upload)s_by_country(_[a-z0-9_]+)?\/[^/]+$/;

/** The first day of the month after, as in a path. */
const nextMonth = (first: Day): string =>
  addDays(first, 31).slice(0, 7).replace('-', '').concat('01');

/** From the path, since the file itself does not say. Cuts finer than country and network are refused. */
function iqbPlace(path: string): IqbPlace | Problem {
  const match = PATH.exec(path);
  if (match === null) return problem('no_scope', 'the path names no month and cut');
  const [, year = '', month = '', from = '', until = '', direction, cut = ''] = match;
  const first = toFigureDay(`${year}-${month}-${from}`);
  if (first === null || from !== '01' || nextMonth(first) !== until)
    return problem('no_scope', `${year}${month}${from} to ${until} is no month of the statistics`);
  if (cut !== '' && cut !== '_asn') return problem('too_fine', cut.slice(1));
  return {
    month: `${year}-${month}`,
    direction: direction === 'upload' ? 'upload' : 'download',
    byNetwork: cut === '_asn',
  };
}

/** A number, also with `AS` before it; null for what is none. */
const NETWORK = `TRY_CAST(regexp_extract(asn::VARCHAR, '^(?:AS)?([0-9]{1,10})(?:[.]0)?$', 1, 'i') AS UINTEGER)`;
/** Without its network, a row would be taken for one of the country as a whole. AS0 is no network. */
const NETWORK_REFUSALS: Refusals = [['unknown_network', 'probe_asn IS NULL OR probe_asn = 0']];

/**
 * `path` ends in month, direction and cut. The publisher sorts latency and loss from best to
 * worst, so its `latency_pX` is the (100 − X)th percentile: renamed here. Counts are tests, not clients.
 */
export function iqbSelect(path: string, columns: ReadonlySet<string>): Selection | Problem {
  const place = iqbPlace(path);
  if (isProblem(place)) return place;
  const wanted = ['country_code', 'sample_count', `${place.direction}_p50`];
  const missing = [...wanted, ...(place.byNetwork ? ['asn'] : [])].find(
    (name) => !columns.has(name),
  );
  if (missing !== undefined) return problem('invalid_csv', `no column ${missing}`);
  const select = new Map<string, string>([
    ['month', `'${place.month}'`],
    ['probe_cc', 'upper(trim(country_code))'],
    ['probe_asn', place.byNetwork ? NETWORK : 'NULL'],
    ['name', columns.has('as_name') ? 'left(trim(as_name), 80)' : 'NULL'],
    [`${place.direction}_sample_count`, 'TRY_CAST(sample_count AS UINTEGER)'],
  ]);
  const take = (target: string, source: string): void => {
    if (columns.has(source)) select.set(target, source);
  };
  for (const p of PERCENTILES) {
    const number = Number(p);
    take(`${place.direction}_mbps_p${p}`, `${place.direction}_p${number}`);
    if (place.direction === 'upload') continue;
    take(`min_rtt_ms_p${p}`, `latency_p${100 - number}`);
    take(`loss_ratio_p${p}`, `loss_p${100 - number}`);
  }
  return {
    columns: select,
    refusals: [
      ...PLACE_REFUSALS,
      ...(place.byNetwork ? NETWORK_REFUSALS : []),
      ['negative_count', `${place.direction}_sample_count IS NULL`],
      ...MONTH_REFUSALS,
    ],
  };
}
