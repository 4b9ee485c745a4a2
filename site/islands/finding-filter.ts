/** Filters and orders the list of findings, as the list of events is. */
import './page-language.ts';
import { translate } from '../i18n/translate.ts';
import { startEventFilter } from './event-filter.ts';

export function startFindingFilter(root: HTMLElement): void {
  startEventFilter(root, ({ n, m }) => translate('findings.shown', { n, m }));
}
