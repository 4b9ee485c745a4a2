/** Whether the page shows sample data. */
export function isSynthetic(): boolean {
  return document.querySelector('.synthetic') !== null;
}
