/**
 * What every OONI measurement says of itself, whatever its test: who, where, when, with which software.
 * Facts only; whether the measurement can be used is decided in `place.ts`.
 */
import type { Asn, CountryCode } from '../contract/brands.ts';
import type { SoftwareFamily } from '../contract/vocabulary.ts';

export interface Envelope {
  /** Lower case with underscores; unknown names are kept. */
  readonly testName: string;
  /** Leading `major.minor.patch`; null when it does not look like a version. */
  readonly testVersion: string | null;
  /** null when absent, null or not a string; an empty string passes, as at the publisher. */
  readonly reportId: string | null;
  /** The publisher's id, from the line, the twin postcan or the export. */
  readonly measurementUid: string | null;
  /** What was tested, userinfo removed, lists joined as `{a,b}`; null when there was none. */
  readonly input: string | null;
  /** `ZZ` when hidden; null when missing or malformed. */
  readonly probeCc: CountryCode | null;
  /** null when hidden (AS0), missing or malformed. */
  readonly probeAsn: Asn | null;
  /** Milliseconds since 1970, UTC, by the probe's clock; null when unusable. */
  readonly measurementStartMs: number | null;
  /** When the publisher received it (uid, else hour of the file), ms since 1970; null when nothing says. */
  readonly receivedMs: number | null;
  readonly softwareFamily: SoftwareFamily;
  /** As sent, e.g. `ooniprobe-android-unattended`; empty when missing. */
  readonly softwareName: string;
  /** As sent; empty when missing. */
  readonly softwareVersion: string;
  /** `annotations.engine_version`, e.g. `3.10.0-beta.3`. */
  readonly engineVersion: string | null;
  /** `annotations.platform`, e.g. `android`. */
  readonly platform: string | null;
  /** Scheduled by a client without a person present. */
  readonly unattended: boolean;
  /** Trimmed, at most 80 characters. */
  readonly probeNetworkName: string | null;
  /** Started more than 365 days before it was received: the publisher counts it as a failure. */
  readonly tooOld: boolean;
}
