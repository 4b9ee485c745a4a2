/** Tests that a link names and nobody has heard of are left aside, as other values that make no sense. */
import { TESTS } from '../../data-build/contract/vocabulary.ts';
import { toNotice, type Notice } from './notice.ts';
import type { ExplorerState } from './parameters.ts';

/** `offered`: names that the page has beside those of the vocabulary. */
export function leaveUnknownTests(
  { state, notices }: { readonly state: ExplorerState; readonly notices: readonly Notice[] },
  offered: ReadonlySet<string>,
): { readonly state: ExplorerState; readonly notices: readonly Notice[] } {
  const isKnown = (name: string): boolean => Object.hasOwn(TESTS, name) || offered.has(name);
  const unknown = state.test_name.filter((name) => !isKnown(name));
  if (unknown.length === 0) return { state, notices };
  return {
    state: { ...state, test_name: state.test_name.filter(isKnown) },
    notices: [...notices, ...unknown.map((name) => toNotice('unknown_test', 'test_name', name))],
  };
}
