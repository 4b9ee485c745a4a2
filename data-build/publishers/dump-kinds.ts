/** Every kind of dump file that the Atlas knows: one line for each publisher. */
import type { Conversion } from '../convert/conversion.ts';
import type { DumpKind } from './dump-kind.ts';
import { MLAB_DUMPS } from './mlab/dumps.ts';
import { OONI_DUMPS } from './ooni/dumps.ts';
import { PSIPHON_DUMPS } from './psiphon/dumps.ts';
import { TEST_LIST_DUMPS } from './test-lists/dumps.ts';
import { TOR_DUMPS } from './tor-metrics/dumps.ts';

const KINDS = {
  ...OONI_DUMPS,
  ...MLAB_DUMPS,
  ...TOR_DUMPS,
  ...PSIPHON_DUMPS,
  ...TEST_LIST_DUMPS,
};
export type FileKind = keyof typeof KINDS;
export const DUMP_KINDS: Readonly<Record<FileKind, DumpKind>> = KINDS;

function isFileKind(kind: string): kind is FileKind {
  return Object.hasOwn(DUMP_KINDS, kind);
}

/** How a file of this kind becomes a part, or null. */
export function conversionOf(kind: string): Conversion | null {
  return isFileKind(kind) ? (DUMP_KINDS[kind].conversion ?? null) : null;
}
