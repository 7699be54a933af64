import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { finish } from '../helpers/run-command.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { builtProgram } from './helpers/installation.ts';

const oldestNode = 24;
const oldNode = findOldNode();
const leftOut = `A Node older than ${oldestNode} (none in PATH)`;

describe('an old Node', oldNode === undefined ? { skip: true, meta: { leftOut } } : {}, () => {
  test.each([[[]], [['users', 'list', '--json']]])(
    'is told in one sentence what to do, and touches nothing: %j',
    async (args) => {
      const folder = temporaryFolder();
      const child = spawn(oldNode ?? '', [builtProgram, ...args], {
        env: { ...process.env, MFA_CONSOLE_DATA: join(folder, 'data') },
      });
      const { exitCode, stdout, stderr } = await finish(child);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
      expect(stderr).toMatch(
        /^MFA Console needs Node 24 or newer; this is Node \d+\.[^\n]+npm start[^\n]+\.\n$/,
      );
      expect(readdirSync(folder)).toEqual([]);
    },
  );
});

/** A Node of the machine, outside this project, on which the program cannot run. */
function findOldNode(): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'node'))
    .find((file) => existsSync(file) && majorVersion(file) < oldestNode);
}

function majorVersion(node: string): number {
  try {
    return Number(execFileSync(node, ['-p', 'process.versions.node.split(".")[0]'], { encoding: 'utf8' }));
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
