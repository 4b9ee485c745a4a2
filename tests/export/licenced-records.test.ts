/** Licences are walls: what a chart displays of several sources is never in one file with another licence. */
import { expect, it } from 'vitest';
import { splitByLicence } from '../../site/export/licenced-records.ts';
import { toRecords, type Records } from '../../site/export/records.ts';
import { CASES } from '../../site/figures/witnesses/cases.ts';
import { witnesses } from '../../site/figures/witnesses/figure.ts';

const SOURCES = ['ooni', 'mlab', 'tor-metrics'] as const;
const keysOf = ({ columns }: Records): readonly string[] => columns.map(({ key }) => key);

it('a timeline names the publisher of every column but that of its periods', () => {
  for (const { name, view } of CASES)
    for (const { key } of view.table.columns.slice(1))
      expect(witnesses.publishersOf?.(key).length, `${name}: ${key}`).toBeGreaterThan(0);
});

it('numbers made of tests are not in the CC0 file of a timeline', () => {
  const [{ view } = { view: null }] = CASES;
  if (view === null) throw new Error('The timeline has no example.');
  const parts = splitByLicence(toRecords(view.table), witnesses.publishersOf, SOURCES);
  const keys = new Map(parts.map(({ licence, records }) => [licence, keysOf(records)]));
  expect(keys.get('cc-by-nc-sa')).toEqual(
    expect.arrayContaining(['period', 'tests', 'rate', 'interval_low', 'interval_high']),
  );
  expect(keys.get('cc0')?.filter((key) => /^(?:tests|rate|interval)/.test(key))).toEqual([]);
  expect(keys.get('cc0')).toEqual(expect.arrayContaining(['period', 'speed', 'clients']));
});

it('a column whose publisher nobody named goes with the strictest licence', () => {
  const column = (key: string) => ({ key, label: key, type: 'number' }) as const;
  const records = { columns: ['period', 'own', 'nobody'].map(column), rows: [[1, 2, 3]] };
  const parts = splitByLicence(records, (key) => (key === 'own' ? ['mlab'] : []), ['ooni', 'mlab']);
  expect(new Map(parts.map((part) => [part.licence, keysOf(part.records)]))).toEqual(
    new Map([
      ['cc-by-nc-sa', ['period', 'nobody']],
      ['cc0', ['period', 'own']],
    ]),
  );
});

it('a column that may be of several publishers goes with the strictest of those that are there', () => {
  const [{ view } = { view: null }] = CASES;
  if (view === null) throw new Error('The timeline has no example.');
  const sources = ['ooni', 'mlab', 'psiphon', 'tor-metrics'] as const;
  const parts = splitByLicence(toRecords(view.table), witnesses.publishersOf, sources);
  const licences = parts.filter(({ records }) => keysOf(records).includes('clients'));
  expect(licences.map(({ licence }) => licence)).toEqual(['psiphon-permission']);
  const open = parts.find(({ licence }) => licence === 'cc0');
  expect(open?.sources).toEqual(['mlab']);
});
