/** The pages of one kind of entity in a built site. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Names of those that have a page of their own; one that leads on to another has none. */
export function entityNames(dist: string, kind: string): readonly string[] {
  return readdirSync(path.join(dist, kind))
    .filter((name) => {
      const page = path.join(dist, kind, name, 'index.html');
      return existsSync(page) && !readFileSync(page, 'utf8').includes('content="noindex"');
    })
    .sort();
}

/** `event/ke-telegram-2024-11-07/`. */
export function firstPage(dist: string, kind: string): string {
  return `${kind}/${entityNames(dist, kind)[0] ?? ''}/`;
}
