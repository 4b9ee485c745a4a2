/** JSON feeds of a built site. */
import { isFields } from '../../data-build/contract/fields.ts';
import type { FeedItem } from './across-pages.ts';

/** Items that name an event; what is no feed has none. */
export function readFeed(feed: string, text: string): readonly FeedItem[] {
  const json: unknown = JSON.parse(text);
  const items: unknown = isFields(json) ? json['items'] : null;
  if (!Array.isArray(items)) return [];
  return items.flatMap((item: unknown): readonly FeedItem[] => {
    if (!isFields(item)) return [];
    const about: unknown = item['_atlas'];
    const [id, title, words] = [
      isFields(about) ? about['event_id'] : null,
      item['title'],
      item['content_text'],
    ];
    return typeof id === 'string' && typeof title === 'string' && typeof words === 'string'
      ? [{ feed, id, title, text: words }]
      : [];
  });
}
