import { execFile } from 'node:child_process';
import { Readable } from 'node:stream';

/** Directories where Debian keeps daemons; the PATH of an ordinary user often lacks them. */
const systemPath = `${process.env.PATH ?? ''}:/usr/local/sbin:/usr/sbin:/sbin`;

/** What test servers see of our environment: no locale, no proxy, no LDAP client configuration. */
export const serverEnvironment: NodeJS.ProcessEnv = {
  PATH: systemPath,
  HOME: '/nonexistent',
  LANG: 'C.UTF-8',
  TZ: 'UTC',
};

/**
 * Runs a program to its end and returns what it printed. `input` goes to its standard input; an iterable is written
 * piece by piece, so that it may be longer than memory. Rejects with the program's own words, since "exit code 1"
 * helps nobody who reads a failed test run.
 */
export function runProgram(
  program: string,
  args: readonly string[],
  input: Iterable<string> = [],
): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { env: serverEnvironment, maxBuffer: 64 * 1024 * 1024 };
    const child = execFile(program, [...args], options, (error, stdout, stderr) => {
      if (error) {
        reject(
          new Error(`${program} failed: ${stderr.trim() || stdout.trim() || error.message}`, {
            cause: error,
          }),
        );
      } else {
        resolve(stdout);
      }
    });
    // A program that ends before it has read everything reports that by its exit code, not by EPIPE.
    child.stdin?.on('error', () => {});
    if (child.stdin) Readable.from(typeof input === 'string' ? [input] : input).pipe(child.stdin);
  });
}
