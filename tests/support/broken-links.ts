/** Links that are wrong in one way each: what people, mail programs, scripts and attackers make of a query part. */

export interface BrokenLink {
  readonly about: string;
  /** The query part with its question mark. */
  readonly search: string;
}

const IMAGE = '<img src=x onerror="window.injected=1">';
const SCRIPT = '<script>window.injected=1</script>';

export const BROKEN_LINKS: readonly BrokenLink[] = [
  { about: 'an unknown country', search: '?probe_cc=QQQ' },
  { about: 'a country by name', search: '?probe_cc=Kenya' },
  { about: 'a country of digits', search: '?probe_cc=12' },
  { about: 'network 0', search: '?probe_asn=AS0' },
  { about: 'a negative network', search: '?probe_asn=-1' },
  { about: 'a network beyond 32 bits', search: '?probe_asn=4294967296' },
  { about: 'a network with 400 digits', search: `?probe_asn=${'9'.repeat(400)}` },
  { about: 'a network in scientific notation', search: '?probe_asn=1e9' },
  { about: 'not a number', search: '?probe_asn=NaN' },
  { about: 'reversed dates', search: '?since=2024-12-01&until=2024-01-01' },
  { about: 'dates without a day between them', search: '?since=2024-12-01&until=2024-12-01' },
  { about: 'a day that does not exist', search: '?since=2023-02-29' },
  { about: 'a month 13', search: '?until=2024-13-01' },
  { about: 'a date in another order', search: '?since=01/02/2024' },
  { about: 'a year of six digits', search: '?since=%2B275760-09-13' },
  { about: 'a time of day', search: '?since=2024-01-01T00:00:00Z' },
  { about: 'SQL that ends a string', search: "?probe_cc=KE'%20OR%20'1'='1" },
  { about: 'SQL that drops', search: "?test_name='%3B%20DROP%20TABLE%20measurements%3B%20--" },
  { about: 'SQL in a website', search: "?domain=x.example')%20UNION%20SELECT%201--" },
  { about: 'SQL in a grain', search: "?time_grain=day')%3B%20SELECT%201--" },
  { about: 'an image with a handler', search: `?domain=${encodeURIComponent(IMAGE)}` },
  { about: 'a script', search: `?test_name=${encodeURIComponent(SCRIPT)}` },
  { about: 'a script as a name', search: `?${encodeURIComponent(SCRIPT)}=1` },
  {
    about: 'a javascript address',
    search: '?input=%3Ca%20href%3Djavascript%3Awindow.injected%3D1%3E',
  },
  { about: 'an attribute that ends', search: `?probe_cc="%20onfocus%3Dwindow.injected%3D1%20x="` },
  { about: 'a broken escape', search: '?probe_cc=%E0%A4%A' },
  { about: 'a lone percent sign', search: '?domain=100%' },
  { about: 'an escape that is no UTF-8', search: '?test_name=%FF%FE' },
  { about: 'a null byte', search: '?probe_cc=K%00E' },
  { about: 'control characters', search: '?test_name=%01%02%1B%5B31m' },
  { about: 'marks that turn text around', search: '?probe_cc=%E2%80%AEEK' },
  { about: 'half a surrogate pair', search: '?domain=%ED%A0%80' },
  { about: 'a repeated parameter', search: '?since=2024-01-01&since=2024-02-01' },
  { about: 'a repeated list with rubbish', search: '?probe_cc=1&probe_cc=2&probe_cc=3' },
  { about: 'a name of the prototype', search: '?__proto__[x]=1&constructor=2' },
  { about: 'an unknown parameter', search: '?colour=red' },
  { about: 'nothing but signs', search: '?=&=&&&=?&%3D' },
  { about: 'a list of 500 commas', search: `?probe_cc=${'x,'.repeat(500)}` },
  {
    about: '900 networks',
    search: `?probe_asn=${Array.from({ length: 900 }, (_, n) => n + 1).join(',')}`,
  },
  { about: '100 kB in one value', search: `?input=https://x.example/${'a'.repeat(100_000)}` },
  { about: '100 kB of parameters', search: `?${'a=1&'.repeat(25_000)}` },
  {
    about: 'an unknown measure, axis and view',
    search: '?measure=truth&axis_x=x&axis_y=9&view=3d',
  },
  { about: 'a path that climbs', search: '?view=../../etc/passwd' },
];
