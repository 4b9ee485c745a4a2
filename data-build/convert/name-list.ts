/** Reads a list of networks with their organizations, and what the operator says of it in the sidecar. */
import { readFileSync } from 'node:fs';
import { isProblem, problem, type Problem } from '../contract/problem.ts';
import { LICENCES } from '../contract/publishers.ts';
import type { NameList } from '../normalize/network-name.ts';
import { toFigureDay } from '../normalize/time.ts';
import { isJsonObject, stringAt } from '../parse/json.ts';
import { parseJson } from '../parse/measurement-line.ts';
import type { Read } from './conversion.ts';
import { readText } from './whole-file.ts';

/** Lists say nothing of their licence, so one without a sidecar is refused. */
export const readNameList: Read<NameList> = async (file, { take, refuse }) => {
  const given = readGiven(file.sidecar);
  const text = isProblem(given) ? given : await readText(file.path);
  if (isProblem(given) || isProblem(text)) {
    refuse(isProblem(text) ? text : problem('unknown_licence'), null);
    return { rowsIn: 0 };
  }
  const lines = text.split(/\r?\n/);
  take({ lines, ...given }, null);
  const rowsIn = lines.filter((line) => line !== '' && !line.startsWith('#')).length;
  return { rowsIn, synthetic: text.startsWith('# Synthetic sample') };
};

function readGiven(sidecar: string | null): Omit<NameList, 'lines'> | Problem {
  const value = sidecar === null ? undefined : parseJson(readFileSync(sidecar, 'utf8'));
  const spdx = isJsonObject(value) ? stringAt(value, 'licence') : null;
  const licence = Object.values(LICENCES).find((known) => known.spdx === spdx)?.slug;
  if (licence === undefined)
    return problem('unknown_licence', `licence ${spdx ?? 'missing'} in the .meta.json beside it`);
  const date = isJsonObject(value) ? stringAt(value, 'date') : null;
  return { licence, day: date === null ? null : toFigureDay(date) };
}
