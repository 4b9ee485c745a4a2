import { describe, expect, it } from 'vitest';
import { hashOf } from '../../data-build/hash.ts';
import {
  nameEvent,
  parseFormerIds,
  sameEvent,
  toEventId,
  type NamedEvent,
} from '../../data-build/contract/event-id.ts';
import { country, day } from '../support/days.ts';

const kenya: NamedEvent = {
  source: 'ooni',
  kind: 'interference_start',
  probe_cc: country('KE'),
  probe_asn: null,
  target: 'telegram',
  first_sign: day('2024-11-07'),
  first_normal: null,
};

describe('names of events', () => {
  it('say place, target and day', () => {
    expect(nameEvent(kenya, hashOf)).toBe('ke-telegram-2024-11-07');
  });

  it('say what is not a beginning in the country', () => {
    const end = { ...kenya, kind: 'interference_end', first_normal: day('2024-12-01') } as const;
    expect(nameEvent(end, hashOf)).toBe('ke-telegram-end-2024-12-01');
    expect(nameEvent({ ...kenya, kind: 'method_change' }, hashOf)).toBe(
      'ke-telegram-method-change-2024-11-07',
    );
    expect(nameEvent({ ...kenya, target: 'tor-bridge users', kind: 'surge' }, hashOf)).toBe(
      'ke-tor-bridge-users-surge-2024-11-07',
    );
  });

  it('are addresses, however long or odd the target', () => {
    const targets = [
      'example.org',
      'xn--e1afmkfd.example',
      '../../etc',
      '…',
      `${'a'.repeat(240)}.example`,
    ];
    for (const target of targets) {
      const name = nameEvent({ ...kenya, target }, hashOf);
      expect(toEventId(name), target).toBe(name);
    }
    const long = (end: string) => nameEvent({ ...kenya, target: 'a'.repeat(100) + end }, hashOf);
    expect(long('x')).not.toBe(long('y'));
  });
});

describe('the same event in two releases', () => {
  const at = (first: string): NamedEvent => ({ ...kenya, first_sign: day(first) });

  it('is the nearest that turned within two weeks', () => {
    const events = [at('2024-10-20'), at('2024-11-10'), at('2024-11-12')];
    expect(sameEvent(kenya, events)).toBe(events[1]);
    expect(sameEvent(kenya, [at('2024-11-21')])?.first_sign).toBe('2024-11-21');
    expect(sameEvent(kenya, [at('2024-11-22')])).toBeNull();
  });

  it('speaks of the same source, place, network, target and turn', () => {
    const others: readonly NamedEvent[] = [
      { ...kenya, source: 'mlab' },
      { ...kenya, probe_cc: country('UG') },
      { ...kenya, target: 'signal' },
      { ...kenya, kind: 'interference_end' },
    ];
    expect(sameEvent(kenya, others)).toBeNull();
    const rise = { ...kenya, kind: 'interference_rise' } as const;
    expect(sameEvent(kenya, [rise])).toBe(rise);
  });
});

it('reads of a list of former names what can be part of an address', () => {
  expect(
    parseFormerIds([
      { former_id: 'a1790113137d', event_id: 'ke-telegram-2024-11-07', probe_cc: 'KE' },
      { former_id: 'a1790113137e', event_id: null, probe_cc: 'KE' },
      { former_id: '../../index', event_id: null, probe_cc: 'KE' },
      { former_id: 'a1790113137f', event_id: null, probe_cc: 'Kenya' },
      'nothing',
    ]),
  ).toEqual([
    { former_id: 'a1790113137d', event_id: 'ke-telegram-2024-11-07', probe_cc: 'KE' },
    { former_id: 'a1790113137e', event_id: null, probe_cc: 'KE' },
  ]);
  expect(parseFormerIds({})).toEqual([]);
});
