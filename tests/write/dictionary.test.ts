/** `dictionary.json` explains every word that a column can hold. */
import { expect, it } from 'vitest';
import { COLUMN_NAMES } from '../../data-build/contract/columns.ts';
import { AGREEMENTS, DETECTORS, EVENT_KINDS } from '../../data-build/contract/events.ts';
import { toDictionary } from '../../data-build/write/dictionary.ts';

interface Dictionary {
  readonly values: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly floors: Readonly<Record<string, unknown>>;
}
const read = (edition: 'all' | 'cc0'): Dictionary => {
  const read: Dictionary = JSON.parse(JSON.stringify(toDictionary(edition)));
  return read;
};
const keys = (words: object | undefined) => Object.keys(words ?? {});

it('has the words of events, tools, records, sources and licences, each under its column', () => {
  const { values, floors } = read('all');
  expect(keys(values).filter((name) => !COLUMN_NAMES.some((column) => column === name))).toEqual([
    'test_group',
  ]);
  expect(keys(values['kind'])).toEqual(Object.keys(EVENT_KINDS));
  expect(keys(values['agreement'])).toEqual(Object.keys(AGREEMENTS));
  expect(keys(values['detector_id'])).toEqual(DETECTORS.map(({ id }) => id));
  expect(values['detector_id']?.['log-z-3']).toMatchObject({ kinds: ['surge', 'drop'] });
  expect(values['kind']?.['surge']).toMatchObject({ label: 'surge in tool use' });
  expect(values['metric']?.['users']).toMatchObject({ label: 'estimated clients' });
  expect(values['licence']?.['cc-by-nc-sa']).toMatchObject({ spdx: 'CC-BY-NC-SA-4.0' });
  expect(values['source']?.['mlab']).toMatchObject({ name: 'M-Lab', licence: 'cc0' });
  expect(values['record_kind']).toEqual(['shutdown', 'outage']);
  expect(floors).toMatchObject({
    country: { tests: 30, networks: 2 },
    counts_only: { tests: 30 },
    throughput_cell: { tests: 10 },
  });
});

it('of a CC0 edition explains its own events, and names no test, licence or publisher that it cannot hold', () => {
  const { values, floors } = read('cc0');
  expect(keys(values['kind'])).toEqual(['slowdown', 'surge', 'drop', 'vanished']);
  expect(keys(values['agreement'])).not.toContain('interference_and_surge');
  expect(keys(values['detector_id'])).toEqual([
    'log-z-3',
    'publisher-range-2',
    'slowdown-2',
    'vanished-2',
  ]);
  expect(keys(values['tool'])).toContain('tor-bridge');
  expect(keys(values['licence'])).toEqual(['cc0']);
  expect(keys(floors)).toEqual(['throughput_cell']);
  expect(JSON.stringify(read('cc0'))).not.toMatch(
    /ooni|by-nc|non-?commercial|by permission|psiphon-permission/i,
  );
});
