/**
 * The rooms of both halves, in the order in which data passes them: a room imports from rooms before it and beside it.
 * eslint.config.js makes its import zones from this table, docs/architecture.md its first diagram.
 */

interface Room {
  readonly name: string;
  /** What it may do, as the diagram says it; null: it stands beside the path. */
  readonly how: string | null;
  /** Its code knows no machine, engine, page, clock or chance. */
  readonly pure: boolean;
}
type Stages = readonly (readonly Room[])[];
type Half = 'data-build' | 'site';

const room = (name: string, how: string): Room => ({ name, how, pure: how === 'pure' });
const beside = (name: string, { pure = false } = {}): Room => ({ name, how: null, pure });

/** `contract` stands first: every room of both halves may use it. The sample generator must not know how it is read. */
export const BUILD_STAGES: Stages = [
  [beside('words', { pure: true })],
  [beside('contract', { pure: true })],
  [beside('feeds')],
  [room('read', 'I/O'), beside('sample')],
  [room('parse', 'pure'), beside('fetch')],
  [room('normalize', 'pure')],
  [room('score', 'pure')],
  [beside('convert'), beside('publishers')],
  [room('rollup', 'SQL')],
  [room('write', 'I/O')],
  [beside('verify')],
  [beside('commands')],
];

/** Words, and what speaks them (`i18n`), may be used anywhere and use nothing; findings are texts of people. */
export const SITE_STAGES: Stages = [
  [beside('words', { pure: true }), beside('findings')],
  [beside('i18n', { pure: true })],
  [beside('state', { pure: true })],
  [room('catalog', 'pure'), room('query', 'pure')],
  [room('engine', 'DuckDB')],
  [beside('view', { pure: true })],
  [beside('charts', { pure: true })],
  [room('figures', 'pure')],
  [room('render', 'text, DOM')],
  [beside('export', { pure: true })],
  [beside('interact')],
  [beside('styles'), beside('embed')],
  [beside('islands')],
  [beside('serve')],
  [beside('build')],
  [beside('components'), beside('layouts')],
  [room('pages', '')],
];

export function pureFolders(half: Half, stages: Stages): readonly string[] {
  return stages.flat().flatMap(({ name, pure }) => (pure ? [`${half}/${name}`] : []));
}

/** What is made, and what others made: no rule is for it. */
export const NOT_LINTED: string[] = [
  'dist/',
  'public/data/',
  '.cache/',
  '.astro/',
  'bench/',
  'tests/snapshots/',
  'test-results/',
];

/** Files whose code knows no machine, engine, page, clock or chance. */
export const PURE_FILES: readonly string[] = [
  ...pureFolders('data-build', BUILD_STAGES).map((folder) => `${folder}/**/*.ts`),
  ...pureFolders('site', SITE_STAGES).map((folder) => `${folder}/**/*.ts`),
  'site/render/svg-string.ts',
  'site/render/picture.ts',
];

/** A publisher's record is part of the contract; the rest of its folder stands where `publishers` stands. */
const PUBLISHERS_CODE = './data-build/publishers/**/!(publisher).ts';

interface Zone {
  readonly target: string;
  readonly from: string | string[];
  readonly message: string;
}

/** A zone per room: what stands later may not be imported from it. Globs and folders may not share a zone. */
export function stageZones(half: Half, stages: Stages): readonly Zone[] {
  return stages.flatMap((stage, index) => {
    const later = stages.slice(index + 1).flat();
    const folders = later.filter(({ name }) => name !== 'publishers');
    return stage.flatMap(({ name }) => {
      const zone = {
        target: `./${half}/${name}`,
        message: `${half}/${name} stands before this on the straight path (docs/architecture.md): data moves right, imports point left.`,
      };
      return [
        ...(folders.length === 0
          ? []
          : [{ ...zone, from: folders.map((other) => `./${half}/${other.name}`) }]),
        ...(folders.length === later.length ? [] : [{ ...zone, from: PUBLISHERS_CODE }]),
      ];
    });
  });
}

/** The path as two lines of text: rooms, and under each what it may do. */
export function drawPath(): string {
  const rooms = (stages: Stages) =>
    stages.flat().flatMap(({ name, how }) => (how === null ? [] : [{ name, how }]));
  const columns = [
    { name: 'dumps', how: '' },
    ...rooms(BUILD_STAGES),
    { name: '│ data folder │', how: '│             │' },
    ...rooms(SITE_STAGES),
  ];
  let [names, hows] = ['', ''];
  columns.forEach(({ name, how }, index) => {
    const next = columns[index + 1]?.name;
    const gap =
      next === undefined ? '' : name.startsWith('│') || next.startsWith('│') ? ' ' : ' → ';
    const width = Math.max(name.length, how.length);
    names += name.padEnd(width) + gap;
    hows += how.padEnd(width) + ' '.repeat(gap.length);
  });
  return `${names.trimEnd()}\n${hows.trimEnd()}`;
}
