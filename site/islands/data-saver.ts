/** Whether the reader asks for nothing to be fetched ahead. */
export function savesData(): boolean {
  const connection: unknown = Reflect.get(navigator, 'connection');
  const asked: unknown =
    typeof connection === 'object' && connection !== null
      ? Reflect.get(connection, 'saveData')
      : false;
  return asked === true || matchMedia('(prefers-reduced-data: reduce)').matches;
}
