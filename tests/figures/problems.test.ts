/** Days that are known to be faulty: marked where the data are drawn, said in every text of the chart, and nowhere else. */
import { describe, expect, it } from 'vitest';
import type { KnownProblem } from '../../data-build/contract/corrections.ts';
import { toContext } from '../../site/figures/counts.ts';
import { toRateSeries } from '../../site/figures/rate/view.ts';
import { layoutChart } from '../../site/figures/registry.ts';
import { parseRequest, toRequest, type RequestBasis } from '../../site/figures/request.ts';
import { writeSvg } from '../../site/render/svg-string.ts';
import {
  daysNotes,
  drawnProblems,
  frameProblems,
  type ViewContext,
} from '../../site/view/context.ts';
import { country, day } from '../support/days.ts';

const problem: KnownProblem = {
  since: day('2024-05-10'),
  until: day('2024-05-12'),
  text: 'Probes looked names up abroad.',
  sources: ['ooni'],
  tests: ['telegram'],
  places: [country('KE')],
};
const release = {
  version: '2024-06-03-00000000',
  until: day('2024-06-03'),
  edition: 'all' as const,
  synthetic: false,
  problems: [problem],
};
const frame = {
  since: day('2024-05-06'),
  until: day('2024-06-03'),
  grain: 'day' as const,
  dataUntil: day('2024-06-03'),
};

function contextOf(basis: Partial<RequestBasis>): ViewContext {
  const subject = { kind: 'country', probeCc: country('KE') } as const;
  const request = toRequest({ name: 'rate' }, { subject, frame, release, ...basis });
  const read = parseRequest(JSON.parse(JSON.stringify(request)));
  if (read === null) throw new Error('The request cannot be read back.');
  const context = toContext(read, 3);
  if (context === null) throw new Error('The request names no days.');
  return context;
}

const count = (basis: Partial<RequestBasis>): number => frameProblems(contextOf(basis)).length;

describe('a known problem', () => {
  it('is said of the charts whose data it touches, and of no others', () => {
    expect(count({})).toBe(1);
    expect(count({ subject: { kind: 'country', probeCc: country('UG') } })).toBe(0);
    expect(count({ filter: { test_name: ['signal'], probe_asn: [] } })).toBe(0);
    expect(count({ filter: { test_name: ['signal', 'telegram'], probe_asn: [] } })).toBe(1);
    expect(count({ subject: { kind: 'test', testName: 'telegram' } })).toBe(1);
    expect(count({ subject: { kind: 'domain', domain: 'news.example', networkCount: null } })).toBe(
      0,
    );
    expect(count({ frame: { ...frame, since: day('2024-05-12') } })).toBe(0);
    expect(count({ release: { ...release, problems: [{ ...problem, sources: ['mlab'] }] } })).toBe(
      0,
    );
  });

  it('of one place is told in words alone where other places are drawn with it', () => {
    const { context: of } = toRateSeries(
      [],
      contextOf({ subject: { kind: 'test', testName: 'telegram' } }),
    );
    expect(daysNotes(of)).toHaveLength(1);
    expect(drawnProblems(of)).toEqual([]);
    const { since, until, text, sources } = problem;
    const whole: KnownProblem = { since, until, text, sources };
    expect(drawnProblems({ ...of, problems: [whole] })).toHaveLength(1);
  });

  it('is a band with a name in the legend and a reason under the axis, in the summary and with the table', () => {
    const view = toRateSeries([], contextOf({}));
    const svg = writeSvg(layoutChart(view, { width: 720 }), { role: 'img', idPrefix: 'x' });
    expect(svg).toContain('known problem');
    expect(svg).toContain('10 May 2024 to 11 May 2024');
    const said = daysNotes(view.context).join(' ');
    expect(said).toContain('OONI, Telegram, Kenya: Probes looked names up abroad.');
    expect(view.desc).toContain(said);
    expect(view.table.caveats.join(' ')).toContain(said);
    const whole = toRateSeries([], { ...view.context, problems: [] });
    expect(
      writeSvg(layoutChart(whole, { width: 720 }), { role: 'img', idPrefix: 'x' }),
    ).not.toContain('problem');
  });
});
