/** What does not follow the filters of a reader is of all tests: it never counts some of them with all of the others. */
import { describe, expect, it } from 'vitest';
import { toAsn, toCountryCode } from '../../data-build/contract/brands.ts';
import type { Ask } from '../../site/catalog/ask.ts';
import { askFigure } from '../../site/figures/ask-figure.ts';
import { DRAWN_FIGURES, PRINTED_FIGURES } from '../../site/figures/registry.ts';
import { toRequest } from '../../site/figures/request.ts';
import { day } from '../support/days.ts';

const subject = {
  kind: 'country',
  probeCc: toCountryCode('KE') ?? expect.fail('KE is a code.'),
} as const;
const release = { version: '2024-12-23-0', until: null, edition: 'all', synthetic: false } as const;
const frame = {
  since: day('2024-11-01'),
  until: day('2024-12-01'),
  grain: 'day',
  dataUntil: day('2024-12-01'),
} as const;
const filter = {
  test_name: ['telegram'],
  probe_asn: [toAsn(33_771) ?? expect.fail('It is a network.')],
};

describe('a figure of a place that follows no filter', () => {
  const fixed = [...DRAWN_FIGURES, ...PRINTED_FIGURES].filter(({ follow }) => follow === undefined);

  it.each(fixed)('$name is asked the same under a filter, and says the same', async (figure) => {
    const of = async (basis: object) => {
      const asked: unknown[] = [];
      const ask: Ask = async (query, scope) => {
        asked.push(query, scope);
        return Promise.resolve([]);
      };
      const request = toRequest(figure, { subject, release, frame, ...basis });
      const made = await askFigure(ask, figure, request);
      return { asked, view: made?.view };
    };
    expect(await of({ filter })).toEqual(await of({}));
  });
});
