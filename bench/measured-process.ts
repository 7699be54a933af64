import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What a process took from its start to its end. */
export interface Measured {
  seconds: number;
  /** Processor time of the process, its threads included, in seconds; null when it is not one of Node. */
  cpuSeconds: number | null;
  /** The most resident memory that it had, in megabytes; null when it is not one of Node. */
  peakMegabytes: number | null;
  stdout: string;
}

const reporter = join(import.meta.dirname, 'report-usage.mjs');

/** Runs the pinned Node with these arguments. @throws {Error} when it fails */
export function measureNode(args: readonly string[], env: NodeJS.ProcessEnv = {}): Measured {
  const measured = measureProgram(process.execPath, ['--import', reporter, ...args], env);
  const line = measured.stderr.split('\n').findLast((one) => one.startsWith('{"cpuSeconds"'));
  return { ...measured, ...(JSON.parse(line ?? '{}') as Partial<Measured>) };
}

/** Runs a program, its output kept when it is text. @throws {Error} when it fails */
export function measureProgram(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  keepsOutput = true,
): Measured & { stderr: string } {
  const start = performance.now();
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    stdio: ['ignore', keepsOutput ? 'pipe' : 'ignore', 'pipe'],
    maxBuffer: 1 << 28,
  });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed: ${error?.message ?? stderr}`);
  return { seconds, cpuSeconds: null, peakMegabytes: null, stdout: stdout ?? '', stderr };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function rounded(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}

/** What processes took that read many people, beside `ldapsearch` reading them. */
export function figures(processes: readonly Measured[], people: number, ldapsearchSeconds: number) {
  const seconds = median(processes.map((one) => one.seconds));
  return {
    timesLdapsearch: rounded(seconds / ldapsearchSeconds),
    seconds: rounded(seconds),
    cpuSeconds: rounded(median(processes.map((one) => one.cpuSeconds ?? Number.NaN))),
    peakMegabytes: Math.max(...processes.map((one) => one.peakMegabytes ?? Number.NaN)),
    usersPerSecond: Math.round(people / seconds),
  };
}
