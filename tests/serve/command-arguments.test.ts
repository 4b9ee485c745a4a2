import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';

const SERVE = path.resolve(import.meta.dirname, '../../site/serve');

it.each(['status', 'mirror-check', 'field-pack'])(
  '%s says in two lines what it cannot understand, and how it is used',
  (name) => {
    const command = path.join(SERVE, `${name}-command.ts`);
    const { status, stderr } = spawnSync(process.execPath, [command, '--sideways'], {
      encoding: 'utf8',
    });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^Unknown option '--sideways'\.\nUse: npm run /);
    expect(stderr.trim().split('\n')).toHaveLength(2);
  },
);
