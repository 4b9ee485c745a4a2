import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { trackedFiles } from '../support/tracked-files.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const FOLDER = 'docs/decisions/';
const MOST_LINES = 30;
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

interface Decision {
  readonly file: string;
  readonly number: number;
  readonly title: string;
  readonly date: string;
  readonly status: string;
}

const tracked = trackedFiles();
const files = tracked.filter((file) => file.startsWith(FOLDER) && !file.endsWith('README.md'));

/** Empty texts where a file does not say it. */
function readDecision(file: string): Decision {
  const text = read(file);
  const [, number = '', title = ''] = /^# (\d+)\. (.+)$/m.exec(text) ?? [];
  const [, date = '', status = ''] =
    /^Date: (\d{4}-\d{2}-\d{2}) · Status: (accepted|(?:partly )?superseded by \d+)$/m.exec(text) ??
    [];
  return { file: file.slice(FOLDER.length), number: Number(number), title, date, status };
}

const decisions = files.map(readDecision).toSorted((a, b) => a.number - b.number);
const numbers = new Set(decisions.map(({ number }) => number));

describe('decisions', () => {
  it('have numbers without gaps, the same in name and heading', () => {
    expect(decisions.map(({ number }) => number)).toEqual(decisions.map((_, index) => index + 1));
    const other = decisions.filter(({ file, number }) => Number(file.slice(0, 4)) !== number);
    expect(other).toEqual([]);
  });

  it('have a date and a status, and what replaces them is there', () => {
    expect(decisions.filter(({ date }) => date === '')).toEqual([]);
    const lost = decisions.filter(({ status }) => {
      const [by] = /\d+/.exec(status) ?? [];
      return by !== undefined && !numbers.has(Number(by));
    });
    expect(lost).toEqual([]);
  });

  it('stand in the index as they are', () => {
    const rows = read(`${FOLDER}README.md`)
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim()))
      .filter(([, number = '']) => /^\d+$/.test(number))
      .map((cells) => cells.slice(1, 6));
    expect(rows.map((row) => row.slice(0, 4))).toEqual(
      decisions.map(({ file, number, title, date, status }) => [
        String(number),
        `[${title}](${file})`,
        date,
        status,
      ]),
    );
    expect(rows.filter(([, , , , line]) => !line)).toEqual([]);
  });

  it('are half a page and say what would reverse them', () => {
    const long = files.filter((file) => read(file).trimEnd().split('\n').length > MOST_LINES);
    expect(long).toEqual([]);
    expect(files.filter((file) => !/^## What would reverse it$/m.test(read(file)))).toEqual([]);
  });

  it('exist wherever one is named, under the number that its link has', () => {
    const lost = tracked
      .filter((file) => /\.(?:md|ts|astro|css|m?js|json)$/.test(file))
      .flatMap((file) => {
        const text = read(file);
        const named = [...text.matchAll(/\bdecisions?[\s*/]+0*(\d+)/gi)].map(([, n]) => Number(n));
        const linked = [...text.matchAll(/\[decision (\d+)\]\([^)]*?(\d{4})-[^)]*\)/g)]
          .filter(([, n, target]) => Number(n) !== Number(target))
          .map(([, n]) => Number(n));
        return [...named.filter((n) => !numbers.has(n)), ...linked].map((n) => `${file}: ${n}`);
      });
    expect(lost).toEqual([]);
  });
});
