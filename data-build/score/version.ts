/** Version numbers in the order Python packaging gives them, which the publisher uses. Source: PEP 440. */
import { compare, valid } from '@renovatebot/pep440';

/** A version such as `3.17.2`, `3.18.0-alpha` or `0.2.3.post1`; null when it is none. */
export function parseVersion(text: string): string | null {
  return valid(text.trim());
}

/** Negative when `left` comes before `right`, zero when they are the same version. */
export function compareVersions(left: string, right: string): number {
  return compare(left, right);
}
