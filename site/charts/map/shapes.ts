/** The shapes of the world map as plain values: made at build, fetched by pages that draw a map of their own. */

export interface WorldShape {
  /** Outline, one decimal. */
  readonly d: string;
  /** No code of its own in any data: it is drawn with the data of another, hatched. */
  readonly shared: boolean;
}

export interface WorldPlace {
  /** `KE`. */
  readonly code: string;
  readonly shapes: readonly WorldShape[];
  /** Set where there is no shape to be seen. */
  readonly circle: boolean;
  /** Where the circle stands, or the middle of the largest part. */
  readonly x: number;
  readonly y: number;
}

export interface WorldGeometry {
  readonly width: number;
  readonly height: number;
  /** By code. */
  readonly places: readonly WorldPlace[];
  /** Borders that are disputed, as one path of lines. */
  readonly disputed: string;
}

/** Whether parsed JSON is such a geometry, as far as drawing it needs. */
export function isWorldGeometry(value: unknown): value is WorldGeometry {
  return (
    isObject(value) &&
    typeof value['width'] === 'number' &&
    typeof value['height'] === 'number' &&
    typeof value['disputed'] === 'string' &&
    Array.isArray(value['places']) &&
    value['places'].length > 0 &&
    value['places'].every(isPlace)
  );
}

function isPlace(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value['code'] === 'string' &&
    typeof value['circle'] === 'boolean' &&
    typeof value['x'] === 'number' &&
    typeof value['y'] === 'number' &&
    Array.isArray(value['shapes']) &&
    value['shapes'].every(
      (shape: unknown) =>
        isObject(shape) && typeof shape['d'] === 'string' && typeof shape['shared'] === 'boolean',
    )
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

let given: WorldGeometry | null = null;

/** The shapes that maps of this page are drawn on; they come before a map is viewed. */
export function giveShapes(shapes: WorldGeometry): void {
  given = shapes;
}

/** Null: none were given. */
export function givenShapes(): WorldGeometry | null {
  return given;
}
