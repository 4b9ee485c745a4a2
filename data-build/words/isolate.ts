/** Keeps a text of another script from turning what stands around it, where a language needs that. */
import { pageIsolates } from './language.ts';

/** For labels in drawings, where no element can do it: `\u2068 … \u2069`. Parts of messages are isolated as they are made. */
export function isolate(text: string): string {
  return pageIsolates() ? `\u2068${text}\u2069` : text;
}

/** A line of its own that is read from the right, whatever it begins with and whoever draws it. */
export function fromRight(text: string): string {
  return `\u2067${text}\u2069`;
}

/** Lines of one text: each closes what it opened, and opens again what was open before it. */
export function closeIsolates(lines: readonly string[]): readonly string[] {
  const open: string[] = [];
  return lines.map((line) => {
    const before = open.join('');
    for (const mark of line.match(/[\u2066-\u2069]/g) ?? [])
      if (mark === '\u2069') open.pop();
      else open.push(mark);
    return before + line + '\u2069'.repeat(open.length);
  });
}
