import { changeKinds, type RunCounts } from './run.ts';

const countedKinds = changeKinds.filter((kind) => kind !== 'conflict');

/** "12 updated", "46 held" and what else is not 0. */
export function changeCounts(counts: RunCounts): string[] {
  const told = countedKinds
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${counts[kind].toLocaleString('en')} ${kind}`);
  const { conflicts } = counts;
  if (conflicts > 0)
    told.push(`${conflicts.toLocaleString('en')} ${conflicts === 1 ? 'conflict' : 'conflicts'}`);
  return told;
}
