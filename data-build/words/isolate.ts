/** Keeps a text of another script from turning what stands around it, where a language needs that. */
import { pageIsolates } from './language.ts';

/** For labels in drawings, where no element can do it: `\u2068 … \u2069`. Parts of messages are isolated as they are made. */
export function isolate(text: string): string {
  return pageIsolates() ? `\u2068${text}\u2069` : text;
}
