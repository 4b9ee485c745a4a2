/** The checks of a page while it is drawn: they stand together in one place at its end. */
import type { PublishedCheck } from './verify.ts';

export interface PageCheck {
  readonly published: PublishedCheck;
  /** Id of the element that holds what is checked. */
  readonly of: string;
  /** For the list of checks. */
  readonly name: string;
}

/** By page, while it is drawn. */
const drawn = new Map<string, PageCheck[]>();

export function addCheck(page: string, check: PageCheck): void {
  drawn.set(page, [...(drawn.get(page) ?? []), check]);
}

/** What was added while the page was drawn. */
export function takeChecks(page: string): readonly PageCheck[] {
  const checks = drawn.get(page) ?? [];
  drawn.delete(page);
  return checks;
}
