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
