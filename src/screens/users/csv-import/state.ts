import { countText } from '../../../core/count-text.ts';
import type { CsvLine } from '../../../core/users/csv-import.ts';
import type { TabsState } from '../../widgets/tabs/state.ts';

export type Kind = CsvLine['outcome'] | 'all';

/** `previewed`: nothing was written yet. `imported`: the lines say what happened. */
export type Phase = 'reading' | 'previewed' | 'importing' | 'imported' | 'stopped';

export interface CsvImportState {
  readonly phase: Phase;
  readonly lines: readonly CsvLine[];
  readonly unknownColumns: readonly string[];
  /** Which lines are listed. */
  readonly kind: Kind;
}

export type CsvImportAction =
  | { readonly type: 'begin'; readonly phase: 'reading' | 'importing' }
  | { readonly type: 'columns'; readonly unknown: readonly string[] }
  | { readonly type: 'lines'; readonly lines: readonly CsvLine[] }
  | { readonly type: 'end'; readonly phase: 'previewed' | 'imported' | 'stopped' }
  | { readonly type: 'kind'; readonly kind: Kind };

export const initialCsvImport: CsvImportState = {
  phase: 'reading',
  lines: [],
  unknownColumns: [],
  kind: 'all',
};

export function reduceCsvImport(state: CsvImportState, action: CsvImportAction): CsvImportState {
  switch (action.type) {
    case 'begin':
      return { ...state, phase: action.phase, lines: [], unknownColumns: [], kind: 'all' };
    case 'columns':
      return { ...state, unknownColumns: action.unknown };
    case 'lines':
      return { ...state, lines: [...state.lines, ...action.lines] };
    case 'end': {
      // What needs attention is shown first.
      const hasFailures = action.phase === 'imported' && state.lines.some(isFailed);
      return { ...state, phase: action.phase, kind: hasFailures ? 'failed' : state.kind };
    }
    case 'kind':
      return { ...state, kind: action.kind };
  }
}

const kinds = ['added', 'updated', 'unchanged', 'skipped', 'failed'] as const;

/** The lines that are listed. */
export function linesOfKind({ lines, kind }: Pick<CsvImportState, 'lines' | 'kind'>): readonly CsvLine[] {
  return kind === 'all' ? lines : lines.filter(({ outcome }) => outcome === kind);
}

/** The kinds with their numbers, as tabs. */
export function kindTabs({ lines, kind }: CsvImportState): TabsState<Kind> {
  const counts = Map.groupBy(lines, ({ outcome }) => outcome);
  const tabs = kinds.map((id) => ({
    id,
    title: `${id} ${countText(counts.get(id)?.length ?? 0)}`,
    hasProblem: id === 'failed' && counts.has('failed'),
  }));
  return { tabs: [{ id: 'all', title: `All ${countText(lines.length)}` }, ...tabs], active: kind };
}

/** Whether an import would change anything. */
export function wouldChange({ lines }: CsvImportState): boolean {
  return lines.some(({ outcome }) => outcome === 'added' || outcome === 'updated');
}

function isFailed({ outcome }: CsvLine): boolean {
  return outcome === 'failed';
}
