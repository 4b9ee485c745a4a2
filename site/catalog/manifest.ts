/** Reads `manifest.json` from what a file or a server gave, believing nothing until it is checked. */
import { isFields } from '../../data-build/contract/fields.ts';
import { CONTRACT_VERSION, MANIFEST, type Manifest } from '../../data-build/contract/manifest.ts';
import { hasAddition, majorOf } from '../../data-build/contract/version.ts';
import { readShape } from '../../data-build/contract/shape.ts';

/** Why a manifest cannot be used: what is wrong, and what to do about it. */
export interface ManifestFault {
  readonly kind: 'fault';
  readonly what: string;
  readonly todo: string;
}

export function isManifestFault(value: Manifest | ManifestFault): value is ManifestFault {
  return 'kind' in value;
}

const REBUILD =
  'Make the data again with `npm run data`, and check it with `npm run verify -- public/data`.';

/** Parsed JSON → manifest, or the first fault met with its place. Unknown fields are ignored. */
export function parseManifest(json: unknown): Manifest | ManifestFault {
  const version = isFields(json) ? json['contract_version'] : null;
  if (typeof version === 'string' && majorOf(version) !== majorOf(CONTRACT_VERSION)) {
    return {
      kind: 'fault',
      what: `The data follow contract ${version}; these pages read contract ${CONTRACT_VERSION}.`,
      todo: REBUILD,
    };
  }
  const read = readShape(MANIFEST, json, 'manifest');
  return read.ok ? read.value : { kind: 'fault', what: read.fault, todo: REBUILD };
}

/**
 * Why pages cannot be built of these data, though they can be read: they lack columns or files that were added since. Earlier
 * releases beside them may.
 */
export function findMissing({ contract_version: version }: Manifest): string | null {
  return hasAddition(version, CONTRACT_VERSION)
    ? null
    : `The data follow contract ${version}; these pages need what contract ${CONTRACT_VERSION} has.\n${REBUILD}`;
}

/** What `manifest.json` says. `from`: where it lies, for the two-part error that is thrown where it cannot be used. */
export function readManifest(text: string, from: string): Manifest {
  const manifest = parseManifest(toJson(text));
  if (isManifestFault(manifest)) throw new Error(`${from}: ${manifest.what}\n${manifest.todo}`);
  return manifest;
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
