/** A chart that a link names is asked of two releases over the days that both have. */
import { expect, it } from 'vitest';
import { toCountryCode } from '../../data-build/contract/brands.ts';
import { toCitedRequest, toSamePeriod } from '../../site/figures/cited.ts';
import { UNFILTERED, type FigureRequest } from '../../site/figures/request.ts';
import { EMPTY_STATE } from '../../site/state/parameters.ts';
import { day } from '../support/days.ts';

const frame = {
  since: day('2024-10-15'),
  until: day('2024-12-01'),
  grain: 'day',
  dataUntil: day('2024-12-24'),
} as const;
const published = (chart: string, more: Partial<FigureRequest> = {}): FigureRequest => ({
  chart,
  subject: { kind: 'country', probeCc: toCountryCode('KE') ?? expect.fail('KE is a code.') },
  filter: UNFILTERED,
  frame,
  series: null,
  release: {
    version: '2024-12-23-00000000',
    until: day('2024-12-24'),
    edition: 'all',
    synthetic: false,
  },
  ...more,
});
const covered = { since: day('2024-10-01'), end: day('2024-11-20') };

it('ends where the older release ends', () => {
  const end = { ...frame, until: covered.end, dataUntil: covered.end };
  expect(toCitedRequest(published('outcomes'), null, covered).frame).toEqual(end);
  expect(toCitedRequest(published('outcomes'), EMPTY_STATE, covered).frame).toEqual(end);
  const later = { since: null, end: day('2024-12-20') };
  expect(toCitedRequest(published('outcomes'), null, later).frame?.until).toBe('2024-12-01');
});

it('keeps the days of a chart that begins later, which the older release lacks whole', () => {
  const early = { since: null, end: day('2024-10-01') };
  expect(toCitedRequest(published('outcomes'), null, early).frame).toEqual(frame);
});

it('follows the filters of the link where the chart does', () => {
  const filters = { ...EMPTY_STATE, since: day('2024-11-07'), test_name: ['telegram'] };
  expect(toCitedRequest(published('outcomes'), filters, covered)).toMatchObject({
    filter: { test_name: ['telegram'] },
    frame: { since: '2024-11-07', until: '2024-11-20', grain: 'day' },
  });
  const speed = toCitedRequest(published('throughput', { frame: null }), filters, covered);
  expect(speed).toMatchObject({ filter: UNFILTERED, frame: { since: '2024-11-07' } });
  const tests = { ...EMPTY_STATE, test_name: ['telegram'] };
  expect(toCitedRequest(published('throughput', { frame: null }), tests, covered).frame).toBeNull();
});

it('asks the map for the period of the link, and the newer release for that of the older', () => {
  const map = published('world', {
    subject: { kind: 'release' },
    frame: { ...frame, grain: 'month' },
  });
  const filters = { ...EMPTY_STATE, since: day('2024-10-20') };
  const asked = toCitedRequest(map, filters, covered);
  expect(asked.frame).toMatchObject({ since: '2024-10-01', until: '2024-11-01', grain: 'month' });
  const chosen = toCitedRequest(map, EMPTY_STATE, covered);
  expect(chosen.frame?.until).toBe('2024-11-20');
  expect(toSamePeriod(chosen, asked.frame).frame).toEqual(asked.frame);
  expect(toSamePeriod(published('outcomes'), asked.frame).frame).toEqual(frame);
});
