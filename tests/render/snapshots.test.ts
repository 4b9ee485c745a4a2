/** Every gallery case at both widths against its file. A difference leaves a `-changed` twin beside it to look at. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { GALLERY_CASES } from '../../site/figures/cases.ts';
import { layoutChart } from '../../site/figures/registry.ts';
import { BUILD_WIDTHS } from '../../site/charts/size.ts';
import { writeChartFile } from '../support/chart-file.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const FOLDER = path.join(ROOT, 'tests/snapshots');
const readStyle = (name: string): string =>
  readFileSync(path.join(ROOT, 'site/styles', name), 'utf8');
const tokensCss = readStyle('tokens.css');
const chartsCss = `${readStyle('charts.css')}${readStyle('map.css')}`;

describe('charts as files', () => {
  for (const { name, view } of GALLERY_CASES) {
    for (const [size, width] of Object.entries(BUILD_WIDTHS)) {
      it(`${name}, ${size}`, () => {
        const svg = writeChartFile(layoutChart(view, { width }), {
          theme: 'light',
          tokensCss,
          chartsCss,
          subtitle: view.subtitle,
          footer: view.notes,
        }).replace(/></g, '>\n<');
        const file = path.join(FOLDER, `${name}-${size}.svg`);
        const twin = path.join(FOLDER, `${name}-${size}-changed.svg`);
        if (!existsSync(file) && process.env['CI'] === undefined) writeFileSync(file, `${svg}\n`);
        const known = existsSync(file) ? readFileSync(file, 'utf8') : '';
        if (known === `${svg}\n`) rmSync(twin, { force: true });
        else writeFileSync(twin, `${svg}\n`);
        expect(
          known === `${svg}\n`,
          `${file} differs; look at ${twin} and move it over the file if it is right.`,
        ).toBe(true);
      });
    }
  }
});
