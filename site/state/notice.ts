/** What in a link could not be used, for the reader: what is wrong, and what was done instead. */
import { translate } from '../i18n/translate.ts';
import { PARAMETERS, isParameterName } from './parameters.ts';

export type NoticeReason =
  | 'unknown_parameter'
  | 'unknown_value'
  | 'unknown_test'
  | 'repeated'
  | 'too_many'
  | 'too_long'
  | 'reversed_dates'
  | 'elsewhere'
  | 'no_such_days'
  | 'no_such_period'
  | 'too_fine'
  | 'not_together'
  | 'needs_countries'
  | 'needs_since'
  | 'needs_time'
  | 'one_tool'
  | 'not_on_map'
  | 'no_shapes'
  | 'more';

export interface Notice {
  readonly reason: NoticeReason;
  /** Name of the parameter as it stood in the link, cut to 40 characters. */
  readonly parameter: string;
  /** The part that was not used, cut to 80 characters; plain text, to be escaped where it is written. */
  readonly value: string;
}

const NAME_LENGTH = 40;
const VALUE_LENGTH = 80;

export function toNotice(reason: NoticeReason, parameter: string, value: string): Notice {
  return {
    reason,
    parameter: cut(parameter, NAME_LENGTH),
    value: cut(value, VALUE_LENGTH),
  };
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

/** The notice as one or two sentences of plain text. */
export function formatNotice(notice: Notice): string {
  const { parameter, value } = notice;
  const label = isParameterName(parameter) ? translate(PARAMETERS[parameter].label) : parameter;
  return translate(`notice.${notice.reason}`, { parameter: label, value });
}
