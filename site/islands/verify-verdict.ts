/** What a check found, written below its button. */
import type { ManifestFile } from '../../data-build/contract/manifest.ts';
import { EngineFailure } from '../engine/wasm/failure.ts';
import { pageLocale } from '../../data-build/words/language.ts';
import { translate, type MessageKey } from '../i18n/translate.ts';
import { element } from './element.ts';
import type { Compared } from './verify-compare.ts';

export type PinnedFile = Pick<ManifestFile, 'path' | 'table' | 'bytes' | 'sha256'>;

/** Differences that are spelled out. */
const MOST_SHOWN = 5;

export function showComparison(
  place: HTMLElement,
  all: readonly Compared[],
  files: readonly PinnedFile[],
  began: number,
): void {
  const wrong = all.filter(({ printed, computed }) => printed !== computed);
  const differing = new Set(wrong);
  const told = all.filter(
    (pair) => differing.has(pair) || /\d/.test(pair.printed) || /\d/.test(pair.computed),
  );
  const seconds = new Intl.NumberFormat(pageLocale(), { maximumSignificantDigits: 2 }).format(
    (performance.now() - began) / 1000,
  );
  const words =
    wrong.length === 0
      ? translate('verify.match', { n: translate('verify.texts', { n: told.length }) })
      : translate('verify.mismatch', { n: wrong.length, total: told.length });
  const shown = wrong.length === 0 ? all.slice(0, 1) : wrong.slice(0, MOST_SHOWN);
  place.dataset['verdict'] = wrong.length === 0 ? 'match' : 'mismatch';
  place.replaceChildren(
    element('p', words),
    ...shown.map((pair) =>
      list([
        [translate('verify.printed', { where: pair.where }), pair.printed],
        [translate('verify.computed', { where: pair.where }), pair.computed],
      ]),
    ),
    ...(wrong.length > shown.length
      ? [element('p', translate('verify.more', { n: wrong.length - shown.length }))]
      : []),
    ...files.map(({ path, sha256 }) => element('p', translate('verify.file', { path, sha256 }))),
    element('p', translate('verify.took', { n: seconds })),
  );
}

/** `found`: the SHA-256 of what came instead. */
export function showChanged(place: HTMLElement, file: PinnedFile, found: string): void {
  place.dataset['verdict'] = 'changed';
  place.replaceChildren(
    element('p', translate('verify.changed', { path: file.path })),
    list([
      [translate('verify.expected'), file.sha256],
      [translate('verify.found'), found],
    ]),
  );
}

export function showFailure(place: HTMLElement, error: unknown): void {
  const known = error instanceof EngineFailure ? error : new EngineFailure('query', {}, error);
  place.dataset['verdict'] = 'failed';
  place.replaceChildren(element('p', `${known.message} ${known.todo}`));
}

export function say(
  place: HTMLElement,
  verdict: 'running' | 'failed' | 'mismatch',
  key: MessageKey,
): void {
  place.dataset['verdict'] = verdict;
  place.replaceChildren(element('p', translate(key)));
}

function list(pairs: readonly (readonly [string, string])[]): HTMLElement {
  const made = document.createElement('dl');
  for (const [term, text] of pairs) made.append(element('dt', term), element('dd', text));
  return made;
}
