/** Addresses of the site as its pages name them: nothing but the document knows where it is mounted, and in which language. */

/** Of a file that all languages share. */
export function fileAddress(path: string): string {
  return new URL(path, new URL(document.documentElement.dataset['base'] ?? '/', location.href))
    .href;
}

/** Of a page in the language of this one. */
export function pageAddress(path: string): string {
  const { home } = document.documentElement.dataset;
  return new URL(path, fileAddress(home ?? '')).href;
}
