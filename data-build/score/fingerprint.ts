/** A known block page or blocking address, and the meaning of a match. */
import { findPrivateShapes } from '../contract/privacy.ts';

export type FingerprintPlace = 'dns' | 'body' | 'header';

export interface Fingerprint {
  /** The publisher's name, with anything but letters, digits, `_`, `.` and `-` replaced by `_`. */
  readonly name: string;
  /** nat, isp, prod, inst, vbw, fp, injb or prov; see docs/sources.md. */
  readonly scope: string;
  readonly place: FingerprintPlace;
  /** Upper-case codes of the countries and territories where it is expected; never ZZ. */
  readonly expectedCountries: readonly string[];
}

/** What stands in place of a name that holds an address: what is left when its marks are replaced could still be read. */
const UNNAMED = 'unnamed';

/** A fingerprint's name with anything but letters, digits, `_`, `.` and `-` replaced by `_`. */
export function publishableName(name: string): string {
  if (findPrivateShapes(name).some((shape) => shape !== 'unseen_mark')) return UNNAMED;
  return name.replaceAll(/[^\w.-]/g, '_').slice(0, 80);
}

/** A fingerprint's scope; `other` when it does not look like one. */
export function publishableScope(scope: string): string {
  return /^[a-z]{1,10}$/.test(scope) ? scope : 'other';
}

/**
 * Whether a match counts as confirmed: expected in this country or territory, or of national or ISP scope
 * anywhere. Known false positives (scope `fp`) never do.
 */
export function confirmsBlocking(fingerprint: Fingerprint, probeCc: string | null): boolean {
  if (fingerprint.scope === 'fp') return false;
  return (
    isExpectedIn(fingerprint, probeCc) || fingerprint.scope === 'isp' || fingerprint.scope === 'nat'
  );
}

export type Locality = 'country' | 'isp' | 'local' | 'general';

/** Whose blocking a match speaks of, by its scope; the publisher keeps a score for each. */
export function localityOf(fingerprint: Fingerprint): Locality {
  switch (fingerprint.scope) {
    case 'nat':
      return 'country';
    case 'isp':
      return 'isp';
    case 'inst':
      return 'local';
    default:
      return 'general';
  }
}

/** The strict sense: expected in this very country or territory, and no known false positive. */
export function isExpectedIn(fingerprint: Fingerprint, probeCc: string | null): boolean {
  return (
    fingerprint.scope !== 'fp' &&
    probeCc !== null &&
    probeCc !== 'ZZ' &&
    fingerprint.expectedCountries.includes(probeCc.toUpperCase())
  );
}
