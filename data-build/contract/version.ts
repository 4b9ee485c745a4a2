/** Versions of the contract, such as `1.1.0`: what was read by the first number stays, the second counts what was added. */

export function majorOf(version: string): string {
  return version.split('.')[0] ?? '';
}

function minorOf(version: string): number {
  return Number(version.split('.')[1] ?? 0);
}

/** Whether what came with `added` is there in `version`, of the same first number. */
export function hasAddition(version: string, added: string): boolean {
  return minorOf(version) >= minorOf(added);
}
