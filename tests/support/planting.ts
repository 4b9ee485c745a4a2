/** Lines with things in them that must never be published, one place at a time and everywhere at once. */
import {
  isJsonArray,
  isJsonObject,
  objectAt,
  stringAt,
  type JsonObject,
  type JsonValue,
} from '../../data-build/parse/json.ts';

/** What is planted. None occurs in a real line or in the program's own words. */
export const NEEDLES = {
  ipv4: '203.0.113.177',
  ipv6: '2001:db8:77::beef:1',
  email: 'planted.person@example.net',
  jwt: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwbGFudGVkIn0.cGxhbnRlZHNpZw',
  cookie: 'PHPSESSID=plantedcookie42',
  mac: '02:00:5e:77:00:77',
  host: 'p203-0-113-177.dsl.example.net',
  number: 'pcb0071b1.dsl.example.net',
  phone: '+254700000177',
  spelled: 'planted%2540example.net',
  coordinates: '@-1.292077,36.821977',
  defanged: '203[.]0[.]113[.]177',
  numbered: '?ip=0xcb0071b1',
  dotted: '/0200.5e77.0077',
  city: 'Plantedville',
  token: 'plantedtoken7f3a9c5e',
} as const;

/** By any of these a needle is known again, however it was cut or folded. */
export const TRACES: readonly string[] = [
  '203.0.113.177',
  '203-0-113-177',
  '2001:db8:77',
  'planted',
  'cb0071b1',
  '254700000177',
  'eyjhbgcioijiuzi1nij9',
  '02:00:5e:77',
  '36.821977',
  '203[.]0[.]113',
  '0200.5e77',
];

/**
 * In the place of a text, behind it, before it, or inside it; not inside a URL, since a host name there is a website,
 * and websites are what is published.
 */
const WAYS: readonly ((text: string, needle: string) => string)[] = [
  (_text, needle) => needle,
  (text, needle) => `${text} ${needle}`,
  (text, needle) => `${text}${needle}`,
  (text, needle) => `${needle} ${text}`,
  (text, needle) => {
    const at = text.includes('://') ? text.length : text.length / 2;
    return `${text.slice(0, at)}${needle}${text.slice(at)}`;
  },
];

type Place = readonly string[];

/** Places of all texts, and of nulls, which a text can take the place of. */
function placesIn(value: JsonValue | undefined, at: Place = []): readonly Place[] {
  if (typeof value === 'string' || value === null) return [at];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, child]) => placesIn(child, [...at, key]));
}

function plantAt(
  value: JsonValue | undefined,
  place: Place,
  change: (text: string) => string,
): JsonValue {
  const [key, ...rest] = place;
  if (key === undefined) return change(typeof value === 'string' ? value : '');
  if (isJsonArray(value))
    return value.map((child, index) =>
      String(index) === key ? plantAt(child, rest, change) : child,
    );
  return isJsonObject(value) ? { ...value, [key]: plantAt(value[key], rest, change) } : null;
}

function plantEverywhere(
  value: JsonValue | undefined,
  change: (text: string) => string,
): JsonValue {
  if (typeof value === 'string' || value === null || value === undefined)
    return change(value ?? '');
  if (isJsonArray(value)) return value.map((child) => plantEverywhere(child, change));
  if (!isJsonObject(value)) return value;
  const planted: Record<string, JsonValue> = {};
  for (const [key, child] of Object.entries(value)) planted[key] = plantEverywhere(child, change);
  const extra = change('');
  return { ...planted, [extra]: extra, planted: { [extra]: [extra] } };
}

/** Fields that lines may lack, among them those that no output may ever have. */
const FURTHER_FIELDS: JsonObject = {
  annotations: { platform: '', engine_version: '', network_type: '', flavor: '' },
  backend_version: '',
  data_format_version: '',
  id: '',
  input: '',
  input_hashes: [''],
  measurement_uid: '',
  options: [''],
  probe_asn: '',
  probe_cc: '',
  probe_city: '',
  probe_id: '',
  probe_ip: '',
  probe_network_name: '',
  report_filename: '',
  report_id: '',
  resolver_asn: '',
  resolver_ip: '',
  resolver_network_name: '',
  software_name: '',
  software_version: '',
  test_helpers: { backend: { address: '', type: '' } },
  test_name: '',
  test_start_time: '',
  test_version: '',
};

/** At most `most`, spread over the whole list. */
function spread<T>(list: readonly T[], most: number): readonly T[] {
  const step = Math.max(1, list.length / most);
  return list.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}

/**
 * One line for every needle in every envelope field; one for each of up to 80 places in test_keys; and for each needle
 * the line with it in all of test_keys, and in all of both.
 */
export function* plantIn(
  line: JsonObject,
  needles: readonly string[] = Object.values(NEEDLES),
): Generator<JsonObject> {
  const { test_keys: keys, ...given } = line;
  const envelope: JsonObject = { ...FURTHER_FIELDS, ...given };
  let turn = 0;
  const changeBy = (needle: string) => {
    turn += 1;
    const way = WAYS[turn % WAYS.length];
    return (text: string) => (way === undefined ? needle : way(text, needle));
  };
  for (const place of placesIn(envelope))
    for (const needle of needles) {
      const planted = plantAt(
        { ...line, [place[0] ?? '']: envelope[place[0] ?? ''] },
        place,
        changeBy(needle),
      );
      if (isJsonObject(planted)) yield planted;
    }
  for (const place of spread(placesIn(keys), 80)) {
    const needle = needles[turn % needles.length] ?? NEEDLES.token;
    yield { ...line, test_keys: plantAt(keys, place, changeBy(needle)) };
  }
  for (const needle of needles) {
    yield { ...line, test_keys: plantEverywhere(keys, changeBy(needle)) };
    const change = changeBy(needle);
    const everywhere = plantEverywhere(envelope, change);
    if (!isJsonObject(everywhere)) continue;
    const test_keys = plantEverywhere(keys, change);
    // With what a row needs left as it was, or nothing of it would get as far as a row.
    const { test_name, report_id, probe_cc, probe_asn, measurement_start_time } = line;
    const needed = { test_name, report_id, probe_cc, probe_asn, measurement_start_time };
    yield { ...everywhere, test_keys };
    yield { ...everywhere, ...needed, test_keys };
    yield { ...everywhere, ...needed, test_keys, input: line['input'] };
  }
}

/** The smallest line of each test that has all a row needs. */
export function oneOfEachTest(lines: readonly JsonObject[]): readonly JsonObject[] {
  const smallest = new Map<string, { readonly line: JsonObject; readonly size: number }>();
  for (const line of lines) {
    const name = stringAt(line, 'test_name') ?? '';
    const size =
      JSON.stringify(line).length + (Object.keys(objectAt(line, 'test_keys')).length < 3 ? 1e6 : 0);
    if (size < (smallest.get(name)?.size ?? Infinity)) smallest.set(name, { line, size });
  }
  return [...smallest.values()].map(({ line }) => line);
}
