import { countOf, countText } from '../count-text.ts';
import { changeKinds, type RunCounts } from './run.ts';

const countedKinds = changeKinds.filter((kind) => kind !== 'conflict');

/** "12 updated", "46 held" and what else is not 0. */
export function changeCounts(counts: RunCounts): string[] {
  const told = countedKinds
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${countText(counts[kind])} ${kind}`);
  const { conflicts } = counts;
  if (conflicts > 0) told.push(countOf(conflicts, 'conflict'));
  return told;
}
