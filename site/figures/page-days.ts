/** The time axis that a reader's filters ask for on the page of a place. */
import type { CountryCode, Day } from '../../data-build/contract/brands.ts';
import type { TimeGrain } from '../../data-build/contract/vocabulary.ts';
import { translate } from '../i18n/translate.ts';
import { toNotice, type Notice } from '../state/notice.ts';
import type { ExplorerState } from '../state/parameters.ts';
import type { Days } from '../view/stretches.ts';
import { chooseGrain, toPeriods, type TimeFrame } from '../view/time-frame.ts';

/** What the page covers when nothing is filtered. */
export interface PageScope {
  readonly probeCc: CountryCode;
  readonly since: Day;
  /** Exclusive; also where the data release ends. */
  readonly until: Day;
  /** What is shown while no dates are chosen. */
  readonly shown: Days;
  /** First day of any witness, where one begins before OONI; dates from it on can be chosen. */
  readonly earliest?: Day;
}

/** More marks than this cannot be told apart at page width. */
const MOST_PERIODS = 750;

/** Kept inside the data; notices say what was not possible. */
export function toFrame(
  state: ExplorerState,
  page: PageScope,
): { readonly frame: TimeFrame; readonly notices: readonly Notice[] } {
  const notices: Notice[] = [];
  const earliest = page.earliest ?? page.since;
  // Without a first day the axis begins with OONI's tests, unless all that is asked for lies before them.
  const first = state.until !== null && state.until <= page.since ? earliest : page.since;
  const chosen = { since: state.since === null ? first : earliest, until: page.until };
  const whole = state.since === null && state.until === null ? page.shown : chosen;
  let since = state.since !== null && state.since > whole.since ? state.since : whole.since;
  let until = state.until !== null && state.until < whole.until ? state.until : whole.until;
  if (since >= until) {
    notices.push(
      toNotice(
        'no_such_days',
        'since',
        `${state.since ?? page.since} – ${state.until ?? page.until}`,
      ),
    );
    ({ since, until } = page.shown);
  }
  const fitting = chooseGrain(since, until);
  const grain = state.time_grain ?? fitting;
  const frame = { since, until, grain, dataUntil: page.until };
  if (toPeriods(frame).length <= MOST_PERIODS) return { frame, notices };
  notices.push(toNotice('too_fine', 'time_grain', formatGrain(grain)));
  return { frame: { ...frame, grain: fitting }, notices };
}

function formatGrain(grain: TimeGrain): string {
  return translate(`filter.grain.${grain}`);
}
