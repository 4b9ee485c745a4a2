/** JSON as the generator writes it. */
export type DumpValue = string | number | boolean | null | readonly DumpValue[] | DumpObject;
export interface DumpObject {
  readonly [key: string]: DumpValue;
}
