/** A fault in loading or asking the engine, for the reader: what is wrong (`message`) and what to do. */
import { translate, type MessageKey, type MessageParams } from '../../i18n/translate.ts';

export type FailureKind =
  'unsupported' | 'unreachable' | 'changed' | 'stopped' | 'slow' | 'query' | 'sql' | 'memory';

export class EngineFailure extends Error {
  readonly kind: FailureKind;
  readonly todo: string;

  constructor(kind: FailureKind, params: MessageParams = {}, cause?: unknown) {
    const what: MessageKey = `engine.${kind}.what`;
    super(translate(what, params), { cause });
    this.name = 'EngineFailure';
    this.kind = kind;
    this.todo = translate(`engine.${kind}.todo`, params);
  }
}

const OUT_OF_MEMORY =
  /out of memory|could not allocate|failed to allocate|bad.?alloc|array buffer allocation/i;
/** The machine code gave up, at times without a word; the worker is of no more use. */
const BROKEN = /^$|memory access out of bounds|unreachable|table index|null function|aborted\(/i;
/** The device has no more; else DuckDB has reached the limit that it was given. */
const NONE_LEFT = /failed to allocate block of \d+ bytes|bad.?alloc|array buffer allocation/i;

/**
 * The failure behind what DuckDB or the browser said: too little memory, or an engine that is broken; null: another.
 * `limit`: the megabytes that DuckDB may use, where it was told so.
 */
export function machineFailure(error: unknown, limit: number | null = null): EngineFailure | null {
  const message = error instanceof Error ? error.message : String(error);
  if (limit !== null && OUT_OF_MEMORY.test(message) && !NONE_LEFT.test(message))
    return new EngineFailure('memory', { limit: String(limit) }, error);
  return OUT_OF_MEMORY.test(message) || BROKEN.test(message)
    ? new EngineFailure('stopped', {}, error)
    : null;
}
