import { tryInThread } from '../../../../core/background/threaded-inquiries.ts';
import { countOf } from '../../../../core/count-text.ts';
import type { SingleSelection } from '../../../../core/directory/directory.ts';
import type { ItemSelection, SyncItem } from '../../../../core/sync/sync-item.ts';
import type { ScreenContext } from '../../../shell/screen.ts';
import { waitFor } from '../../../shell/wait-for.ts';
import { reportDialog } from '../../../widgets/dialog/state.ts';
import type { FormValues } from '../../../widgets/form/field.ts';
import { isSamePlace, selectionOf } from './values.ts';

type FormSelection = NonNullable<ReturnType<typeof selectionOf>>;

/** What the form selects, with the directory id of the item's place where that is still the same. */
function identifiedAsBefore(
  selection: FormSelection,
  values: FormValues,
  before: SyncItem | null,
): ItemSelection | null {
  if (before === null || !isSamePlace(values, before)) return null;
  if (selection.scope === 'filter' || before.selection.scope === 'filter') return null;
  return { ...selection, directoryId: before.selection.directoryId };
}

/**
 * What the form selects, with the directory id of its place: that of the item where the place is the same, because it
 * may have another name by now, else as the directory says.
 * @returns undefined when asking was given up
 * @throws {MfaError} `directory.*`
 */
export async function identifySelection(
  context: ScreenContext,
  values: FormValues,
  before: SyncItem | null,
): Promise<ItemSelection | undefined> {
  const selection = selectionOf(values);
  if (selection === null) return undefined;
  const known = identifiedAsBefore(selection, values, before);
  if (known !== null) return known;
  const { synchronization } = context.core;
  return waitFor(context, 'Save', `Asking the directory for ${placeText(selection)}.`, (signal) =>
    synchronization.identify(selection, signal),
  );
}

/** Shows how many users a form would find now, and the first of them. */
export async function tryForm(
  context: ScreenContext,
  values: FormValues,
  before: SyncItem | null,
): Promise<void> {
  const wanted = selectionOf(values);
  if (wanted === null) {
    context.status.say('Choose a place first.', 'warning');
    return;
  }
  const selection = identifiedAsBefore(wanted, values, before) ?? wanted;
  const tried = { name: String(values.name), selection };
  const found = await waitFor(context, 'Try it', `Looking who is in ${placeText(wanted)}.`, (signal) =>
    tryInThread(context.core, tried, signal),
  );
  if (found === undefined) return;
  const { names, count } = found;
  const more = count > names.length ? ` The first ${names.length}:` : '';
  await context.overlays.ask(reportDialog('Try it', `${countOf(count, 'user')} found.${more}`, names));
}

function placeText(selection: SingleSelection): string {
  return 'dn' in selection ? selection.dn : 'the whole directory';
}
