/**
 * The least that a chart and a filtered answer can cost in a browser: one file, a sum in plain JavaScript, bars by D3.
 * `reference-site.ts` bundles it.
 */
import { max, rollup, scaleBand, scaleLinear, select, sum } from 'd3';
import { decompress } from 'fzstd';
import { parquetReadObjects } from 'hyparquet';

interface Row {
  readonly day: string;
  readonly test: string;
  readonly tests: number;
}

/** Sent at once: the chart of a JSON file. */
export async function drawJson(svg: SVGSVGElement, url: string): Promise<void> {
  const { columns, rows }: { columns: readonly string[]; rows: readonly (readonly unknown[])[] } =
    await (await fetch(url)).json();
  const [day, test, tests] = ['day', 'test_name', 'measurement_count'].map((name) =>
    columns.indexOf(name),
  );
  draw(
    svg,
    rows.map((row) => ({
      day: String(row[day ?? 0]),
      test: String(row[test ?? 0]),
      tests: Number(row[tests ?? 0]),
    })),
  );
}

const read = new Map<string, Promise<readonly Row[]>>();

/** Asked for: the chart of some tests, of a Parquet file that is read once. */
export async function drawParquet(
  svg: SVGSVGElement,
  url: string,
  wanted: ReadonlySet<string>,
): Promise<void> {
  const known = read.get(url) ?? readParquet(url);
  read.set(url, known);
  const rows = await known;
  draw(svg, wanted.size === 0 ? rows : rows.filter(({ test }) => wanted.has(test)));
}

async function readParquet(url: string): Promise<readonly Row[]> {
  const file = await (await fetch(url)).arrayBuffer();
  const rows = await parquetReadObjects({
    file,
    columns: ['day', 'test_name', 'measurement_count'],
    compressors: { ZSTD: (input, length) => decompress(input, new Uint8Array(length)) },
  });
  return rows.map((row) => ({
    day: String(row['day']),
    test: String(row['test_name']),
    tests: Number(row['measurement_count']),
  }));
}

function draw(svg: SVGSVGElement, rows: readonly Row[]): void {
  const days = [
    ...rollup(
      rows,
      (group) => sum(group, ({ tests }) => tests),
      ({ day }) => day,
    ),
  ];
  const x = scaleBand(
    days.map(([day]) => day),
    [0, 720],
  );
  const y = scaleLinear([0, max(days, ([, tests]) => tests) ?? 0], [240, 0]);
  select(svg)
    .selectAll('rect')
    .data(days)
    .join('rect')
    .attr('x', ([day]) => x(day) ?? 0)
    .attr('y', ([, tests]) => y(tests))
    .attr('width', x.bandwidth())
    .attr('height', ([, tests]) => 240 - y(tests));
}
