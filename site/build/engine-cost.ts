/** What the engine costs a reader, and when, as sentences say it. */
import { ENGINE_WEIGHT, MOST_WITHOUT_ENGINE } from '../engine/wasm/weight.ts';
import { formatBytes } from '../i18n/bytes.ts';
import { formatCount } from '../view/format.ts';

export const engineCost = () => ({
  limit: formatBytes(MOST_WITHOUT_ENGINE.bytes),
  rows: formatCount(MOST_WITHOUT_ENGINE.rows),
  compressed: formatBytes(ENGINE_WEIGHT.compressedBytes),
  unpacked: formatBytes(ENGINE_WEIGHT.unpackedBytes),
});
