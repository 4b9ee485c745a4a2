/** A seeded generator: the same keys give the same numbers on every machine, whatever else was drawn. */

export interface Rng {
  /** A number in [0, 1). */
  unit(): number;
  /** A whole number, both ends inclusive. */
  int(min: number, max: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** One entry of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** One value, as often as its weight says. */
  weighted<T>(list: readonly (readonly [value: T, weight: number])[]): T;
  /** `count` different entries, in random order; all of them when the list is shorter. */
  draw<T>(list: readonly T[], count: number): T[];
  /** A Poisson count with the given mean (Knuth’s product method; means up to about 500). */
  poisson(mean: number): number;
  /** A log-normal factor around 1; `spread` is the standard deviation of its logarithm. */
  factor(spread: number): number;
  /** Random letters and digits. */
  text(length: number): string;
}

/** 32-bit FNV-1a over the UTF-16 units of a text. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A generator for one purpose, named by its keys. Source: sfc32 of the PractRand suite. */
export function createRng(...keys: readonly (string | number)[]): Rng {
  const name = keys.join('/');
  let a = hashText(name);
  let b = hashText(`${name}#b`);
  let c = hashText(`${name}#c`);
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round += 1) next();

  const unit = () => next() / 4_294_967_296;
  const int = (min: number, max: number) => min + Math.floor(unit() * (max - min + 1));
  const pick = <T>(list: readonly T[]): T => {
    const value = list[int(0, list.length - 1)];
    if (value === undefined) throw new Error('Nothing to pick from; give a list with entries.');
    return value;
  };
  return {
    unit,
    int,
    chance: (probability) => unit() < probability,
    pick,
    weighted: (list) => {
      let rest = unit() * list.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [value, weight] of list) {
        rest -= weight;
        if (rest < 0) return value;
      }
      return pick(list)[0];
    },
    draw: (list, count) => {
      const left = [...list];
      const drawn = [];
      while (drawn.length < count && left.length > 0) {
        drawn.push(...left.splice(int(0, left.length - 1), 1));
      }
      return drawn;
    },
    poisson: (mean) => {
      const limit = Math.exp(-mean);
      let count = 0;
      for (let product = unit(); product > limit; product *= unit()) count += 1;
      return count;
    },
    factor: (spread) =>
      Math.exp(spread * Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit())),
    text: (length) => {
      let text = '';
      while (text.length < length) text += LETTERS.charAt(next() % LETTERS.length);
      return text;
    },
  };
}
