import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chooseKept,
  isFirstOfMonth,
  parseKeepRule,
  type KeepRule,
} from '../../data-build/contract/releases.ts';

const YEAR: KeepRule = { newest: 3, months: 12 };

/** Release after release, each of which sees what the one before kept; what is kept beside each. */
function build(versions: readonly string[], rule: KeepRule): readonly (readonly string[])[] {
  const all: (readonly string[])[] = [];
  versions.forEach((version, index) => {
    const before = versions[index - 1];
    const earlier = before === undefined ? [] : [before, ...(all[index - 1] ?? [])];
    all.push(chooseKept(version, earlier, rule));
  });
  return all;
}

const monthsApart = (later: string, version: string): number =>
  (Number(later.slice(0, 4)) - Number(version.slice(0, 4))) * 12 +
  (Number(later.slice(5, 7)) - Number(version.slice(5, 7)));

function toVersions(days: readonly number[]): readonly string[] {
  return days.map((day, index) => {
    const date = new Date(Date.UTC(2024, 0, 1) + day * 86_400_000).toISOString().slice(0, 10);
    return `${date}-${index.toString(16).padStart(8, '0')}`;
  });
}

/** Builds with no, few or many days between them. */
const gaps = fc.array(fc.oneof(fc.constant(1), fc.integer({ min: 0, max: 60 })), {
  maxLength: 150,
});
const nights = gaps.map((steps) => {
  let day = 0;
  return toVersions(steps.map((step) => (day += step)));
});
/** As dumps come late, or a night is taken back. */
const unsteady = gaps.chain((steps) =>
  fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 150, maxLength: 150 }).map((back) => {
    let day = 40;
    return toVersions(steps.map((step, index) => (day += step) - (back[index] ?? 0)));
  }),
);
const rules = fc.record({ newest: fc.nat(5), months: fc.nat(14) });

describe('earlier releases that are kept', () => {
  it('are after years of nights the last three, the first of each month, and the first of each year', () => {
    const versions = toVersions(Array.from({ length: 800 }, (_, night) => night + 14));
    const kept = build(versions, YEAR)
      .at(-1)
      ?.map((version) => version.slice(0, 10));
    expect(versions.at(-1)).toMatch(/^2026-03-24/);
    expect(kept).toEqual([
      ...['2026-03-23', '2026-03-22', '2026-03-21', '2026-03-01', '2026-02-01', '2026-01-01'],
      ...['2025-12-01', '2025-11-01', '2025-10-01', '2025-09-01', '2025-08-01', '2025-07-01'],
      ...['2025-06-01', '2025-05-01', '2025-04-01', '2025-01-01', '2024-01-15'],
    ]);
  });

  it('are the newest alone where months are not asked for, and none for --keep 0', () => {
    const versions = toVersions([1, 2, 3, 4, 5]);
    const [fifth = '', ...earlier] = versions.toReversed();
    expect(chooseKept(fifth, earlier, { newest: 2, months: 0 })).toEqual(earlier.slice(0, 2));
    expect(chooseKept(fifth, earlier, { newest: 0, months: 0 })).toEqual([]);
  });

  it('are the same whether nights are thinned one after the other or all together', () => {
    fc.assert(
      fc.property(nights, rules, (versions, rule) => {
        build(versions, rule).forEach((kept, index) => {
          const earlier = versions.slice(0, index).toReversed();
          expect(kept).toEqual(chooseKept(versions[index] ?? '', earlier, rule));
        });
      }),
    );
  });

  it('stay their time when they were the first of their month, however days come', () => {
    fc.assert(
      fc.property(fc.oneof(nights, unsteady), rules, (versions, rule) => {
        const all = build(versions, rule);
        versions.forEach((version, index) => {
          const earlier = versions.slice(0, index);
          if (rule.months === 0 || !isFirstOfMonth(version, earlier)) return;
          if (versions.slice(index).some((one) => monthsApart(one, version) < 0)) return;
          // Once its time is over it is gone, also for a build that goes back a night.
          const later = versions.slice(index + 1);
          const over = later.findIndex((one) => monthsApart(one, version) >= rule.months);
          later.slice(0, over === -1 ? later.length : over).forEach((_, ahead) => {
            expect(all[index + 1 + ahead]).toContain(version);
          });
        });
      }),
    );
  });

  it('are never more than the newest, the months and the years together', () => {
    fc.assert(
      fc.property(fc.oneof(nights, unsteady), rules, (versions, rule) => {
        const years = new Set(versions.map((version) => version.slice(0, 4))).size;
        for (const kept of build(versions, rule)) {
          expect(kept.length).toBeLessThanOrEqual(rule.newest + rule.months + years);
          expect(new Set(kept).size).toBe(kept.length);
        }
      }),
    );
  });
});

it('the rule is read from the list of releases, where it says one', () => {
  expect(parseKeepRule({ keep: YEAR })).toEqual(YEAR);
  expect(parseKeepRule({ releases: [] })).toBeNull();
});
