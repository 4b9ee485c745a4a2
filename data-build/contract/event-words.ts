/**
 * What is said of a detected event: one wording for pages, feeds and copies. The measurement is
 * the subject, never a state; every number stands with its denominator, networks and dates.
 */
import { translate } from '../words/translate.ts';
import { indicatorOf, isWithoutNetworks, witnessOf, type DetectedEvent } from './detected-event.ts';
import {
  type EventSetting,
  type TitledEvent,
  isNewLevel,
  formatNumber,
  formatEventTarget,
  formatWhere,
  titleOf,
} from './event-terms.ts';
import { sentenceOf } from './event-sentence.ts';
import { formatProblemOfEvent, problemsOfEvent } from './known-problems.ts';
import { beganOf, endedOf } from './event-brackets.ts';

/** What a finding rests on, where that is little: it is said in the title. */
type Ground = 'one_network' | 'unknown' | 'enough';

export interface EventWords {
  /** `Telegram in Kenya: interference began`; no date. */
  readonly title: string;
  /** The finding with n, networks and dates. */
  readonly sentence: string;
  /** What the uncertainty of its beginning is. */
  readonly began: string;
  /** The same of its end, or that it is not over. */
  readonly ended: string;
  /** What it does not say; empty where the sentence is enough. */
  readonly caveats: readonly string[];
}

/** `Telegram in Kenya: interference began`; no date. */
export function formatTitle(
  event: TitledEvent,
  setting: Pick<EventSetting, 'place' | 'networkName'>,
  ground: Ground = 'enough',
  isLevel = false,
): string {
  return translate('finding.title', {
    of: event.tool === null ? 'other' : 'tool',
    target: formatEventTarget(event),
    where: formatWhere(event, setting, 'title'),
    what: titleOf(event, isLevel),
    ground,
  });
}

/** Everything that is said of an event. */
export function toEventWords(event: DetectedEvent, setting: EventSetting): EventWords {
  return {
    title: formatTitle(event, setting, groundOf(event), isNewLevel(event, setting)),
    sentence: sentenceOf(
      event,
      formatEventTarget(event, 'inside'),
      formatWhere(event, setting, 'inside'),
      setting,
    ),
    began: beganOf(event),
    ended: endedOf(event, setting),
    caveats: caveatsOf(event, setting),
  };
}

function groundOf(event: DetectedEvent): Ground {
  if (event.robust === false) return 'one_network';
  return isWithoutNetworks(event) ? 'unknown' : 'enough';
}

function caveatsOf(
  event: DetectedEvent,
  { place, problems = [] }: EventSetting,
): readonly string[] {
  const words: string[] = problemsOfEvent(problems, event).map(formatProblemOfEvent);
  if (event.agreement === 'global_change')
    words.push(translate('finding.caveat.global', { place }));
  if (indicatorOf(event) !== null) words.push(translate('finding.caveat.indicator'));
  else if (event.kind === 'surge') words.push(translate('finding.caveat.surge'));
  else if (event.kind === 'drop') words.push(translate('finding.caveat.drop'));
  if (
    witnessOf(event) === 'interference' &&
    event.kind !== 'method_change' &&
    (event.confirmed_count ?? 0) === 0
  )
    words.push(translate('finding.caveat.unconfirmed'));
  return [...words, ...groundsOf(event)];
}

/** Tests of a day have changed by this factor: who tests has changed as well. */
const COVERAGE_JUMP = 1.5;

/** `0.3`, `2.4`; of less than a tenth its first digit, since nothing is 0 times as much. */
function formatTimes(ratio: number): string {
  return formatNumber(ratio, ratio < 0.1 ? Math.min(6, Math.ceil(-Math.log10(ratio))) : 1);
}

function groundsOf(event: DetectedEvent): readonly string[] {
  const words: string[] = [];
  if (event.robust === false) words.push(translate('finding.caveat.one_network'));
  if (isWithoutNetworks(event)) words.push(translate('finding.caveat.no_networks'));
  const ratio = event.coverage_ratio;
  if (ratio !== null && (ratio >= COVERAGE_JUMP || ratio <= 1 / COVERAGE_JUMP))
    words.push(translate('finding.caveat.coverage', { times: formatTimes(ratio) }));
  return words;
}
