import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Installation } from './installation.ts';

/** An installation that can store only a few megabytes, and the same one when it has space again. */
export interface SmallDisk {
  readonly full: Installation;
  withSpace(): Installation;
}

/** Moves an installation to a file system of its own, which only root can mount. */
export function onSmallFileSystem({ folder }: Installation, megabytes: number): SmallDisk {
  const disk = `${folder}-disk`;
  mkdirSync(disk);
  mount(disk, `size=${megabytes}m,mode=700`);
  onTestFinished(() => void execFileSync('umount', [disk]));
  cpSync(folder, disk, { recursive: true });
  const full = new Installation(disk);
  return {
    full,
    withSpace() {
      mount(disk, 'remount,size=200m');
      return full;
    },
  };
}

/** Lets no file of an installation grow above a size, which to a program looks much like a full disk. */
export function withSmallFiles({ folder }: Installation, megabytes: number): SmallDisk {
  const launcher = ['bash', '-c', `ulimit -f ${megabytes * 1024}; exec "$0" "$@"`];
  return { full: new Installation(folder, launcher), withSpace: () => new Installation(folder) };
}

/** Why {@link onSmallFileSystem} does not work here; undefined when it does. */
export function whyNoSmallFileSystem(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'mfa-console-disk-'));
  try {
    mount(folder, 'size=1m');
    execFileSync('umount', [folder]);
    return undefined;
  } catch {
    return 'A full file system (mount is not allowed; a limit of the file size stands in for it)';
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function mount(folder: string, options: string): void {
  const { status, stderr, error } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], {
    encoding: 'utf8',
  });
  if (status !== 0) throw error ?? new Error(`mount failed: ${stderr}`);
}
