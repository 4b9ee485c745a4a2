/** Probe software folded to the contract's families. Source: `software_name`s seen in the publisher's data. */
import type { SoftwareFamily } from '../../contract/vocabulary.ts';

const FAMILIES: readonly (readonly [RegExp, SoftwareFamily])[] = [
  [/^ithena/, 'ithena'],
  [/^ooniprobe-android/, 'ooniprobe_android'],
  [/^ooniprobe-ios/, 'ooniprobe_ios'],
  [/^ooniprobe-desktop/, 'ooniprobe_desktop'],
  [/^ooniprobe-cli/, 'ooniprobe_cli'],
  [/^ooniprobe-web/, 'ooniprobe_web'],
  [/^ooniprobe$/, 'ooniprobe_legacy'],
  [/^measurement[_-]kit/, 'measurement_kit'],
  [/^miniooni/, 'miniooni'],
];

export function normalizeSoftware(softwareName: string): SoftwareFamily {
  const name = softwareName.toLowerCase();
  return FAMILIES.find(([pattern]) => pattern.test(name))?.[1] ?? 'other';
}

/** Whether the client runs on a schedule: `…-unattended`, and iThena, which has no other mode. */
export function isUnattended(softwareName: string): boolean {
  return /-unattended$|^ithena/i.test(softwareName);
}
