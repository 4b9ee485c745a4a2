/** Networks and their organizations, as CAIDA infers them from registries: two tables in one text, or JSON lines. */
import { problem, type Problem } from '../../contract/problem.ts';
import {
  findDay,
  noDay,
  normalizeNetworks,
  type GivenNetwork,
  type NameList,
  type NetworkLine,
} from '../../normalize/network-name.ts';
import { isJsonObject, stringAt } from '../../parse/json.ts';
import { parseJson } from '../../parse/measurement-line.ts';
import type { Normalized } from '../../parts.ts';

/** A line by the names of its columns; null: it is no row of either table. */
type Fields = ReadonlyMap<string, string>;

/** `hint` is the name of the file, which gives the day of the list. */
export function normalizeOrganizations(
  { lines, licence, day }: NameList,
  hint: string,
): Normalized<'organizations'> | Problem {
  const listed = day ?? findDay(hint);
  if (listed === null) return noDay();
  const rows = readRows(lines);
  // Networks can stand before their organizations.
  const organizations = new Map(
    rows.flatMap(([, fields]) => {
      const [id, name] = [fields.get('org_id'), fields.get('org_name')];
      return id === undefined || name === undefined ? [] : [[id, name] as const];
    }),
  );
  const networks = rows.flatMap(([line, fields]): NetworkLine[] => {
    if (fields.has('org_name')) return [];
    const asn = fields.get('aut');
    if (asn === undefined)
      return [[line, problem('invalid_csv', 'neither network nor organization')]];
    return [[line, toNetwork(asn, fields, organizations)]];
  });
  return normalizeNetworks(networks, { source: 'caida', licence, day: listed });
}

function toNetwork(
  asn: string,
  fields: Fields,
  organizations: ReadonlyMap<string, string>,
): GivenNetwork {
  const organizationId = fields.get('org_id') ?? '';
  const organization = organizations.get(organizationId) ?? '';
  return { asn, name: fields.get('aut_name') ?? '', organization, organizationId };
}

/** JSON has other names for the columns of the text. */
const JSON_NAMES = [
  ['asn', 'aut'],
  ['organizationId', 'org_id'],
] as const;

function readRows(lines: readonly string[]): readonly (readonly [number, Fields])[] {
  let columns: readonly string[] = [];
  return lines.flatMap((text, index) => {
    const [, format] = /^#\s*format:\s*(.+)$/.exec(text) ?? [];
    if (format !== undefined) columns = format.split('|').map((name) => name.trim());
    if (text.startsWith('#') || text.trim() === '') return [];
    const fields = text.startsWith('{') ? fromJson(text) : fromColumns(text, columns);
    return [[index + 1, fields] as const];
  });
}

function fromColumns(text: string, columns: readonly string[]): Fields {
  const cells = text.split('|');
  return cells.length === columns.length
    ? new Map(columns.map((name, index) => [name, cells[index] ?? '']))
    : new Map();
}

function fromJson(text: string): Fields {
  const value = parseJson(text);
  if (!isJsonObject(value)) return new Map();
  const fields = JSON_NAMES.flatMap(([from, name]) => {
    const found = stringAt(value, from);
    return found === null ? [] : [[name, found] as const];
  });
  const named = value['type'] === 'Organization' ? 'org_name' : 'aut_name';
  return new Map([...fields, [named, stringAt(value, 'name') ?? '']]);
}
