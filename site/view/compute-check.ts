/**
 * How what is printed is computed anew: the questions behind it, asked of whoever answers, and the view that their
 * rows give. A page names its questions in SQL with this at build; a reader’s browser checks the page with it.
 */
import { assertNever } from '../../data-build/contract/problem.ts';
import type { CountryCode } from '../../data-build/contract/brands.ts';
import type { Ask } from './ask.ts';
import type { Check, FigureCheck } from './check.ts';
import { computeCounts, computeDomain, computeNetwork } from './check-counts.ts';
import { computeEvents } from './check-events.ts';
import { computePlace, computeStrip, computeWebsites } from './check-findings.ts';
import { computeList } from './check-lists.ts';
import { computeSafe } from './check-safe.ts';
import { computeSeries, computeTimeline } from './check-witnesses.ts';
import type { CheckedFigure } from '../figures/checked.ts';

/** Asks and computes. Null: the rows give no such figure. */
export async function computeCheck(ask: Ask, check: Check): Promise<CheckedFigure | null> {
  switch (check.chart) {
    case 'safe':
      return computeSafe(ask, check);
    case 'witnesses':
      return computeTimeline(ask, check);
    case 'events':
      return computeEvents(ask, check);
    case 'list':
      return computeList(ask, check.list);
    default:
      return computeFigure(ask, check);
  }
}

async function computeFigure(ask: Ask, check: FigureCheck): Promise<CheckedFigure | null> {
  const { subject } = check;
  switch (subject.kind) {
    case 'country':
      return computeCountry(ask, check, subject.probeCc);
    case 'test':
      return computeCounts(ask, check, null, [subject.testName]);
    case 'network':
      return computeNetwork(ask, check, subject.asn);
    case 'domain':
      return computeDomain(ask, check, subject.domain);
    default:
      return assertNever(subject);
  }
}

async function computeCountry(
  ask: Ask,
  check: FigureCheck,
  probeCc: CountryCode,
): Promise<CheckedFigure | null> {
  switch (check.chart) {
    case 'throughput':
    case 'tool-use':
      return computeSeries(ask, check, probeCc);
    case 'categories':
    case 'domains':
      return computeWebsites(ask, check, probeCc);
    case 'method-strip':
      return computeStrip(ask, check, probeCc);
    case 'apps':
    case 'blind-spots':
      return computePlace(ask, check, probeCc);
    default:
      return computeCounts(ask, check, probeCc, []);
  }
}
