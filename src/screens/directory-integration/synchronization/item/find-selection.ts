import { countOf } from '../../../../core/count-text.ts';
import type { SingleSelection } from '../../../../core/directory/directory.ts';
import { placeItems } from '../../../../core/sync/sync-directory.ts';
import type { ItemSelection, SyncItem } from '../../../../core/sync/sync-item.ts';
import type { ScreenContext } from '../../../shell/screen.ts';
import { waitFor } from '../../../shell/wait-for.ts';
import { reportDialog } from '../../../widgets/dialog/state.ts';
import type { FormValues } from '../../../widgets/form/field.ts';
import { isSamePlace, selectionOf } from './values.ts';

/** The selection of an item without its filter, when the form still has its place. */
function knownPlace(values: FormValues, before: SyncItem | null): ItemSelection | null {
  if (before === null || !isSamePlace(values, before)) return null;
  return before.selection;
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
  const known = knownPlace(values, before);
  if (known !== null && known.scope !== 'filter' && selection.scope === known.scope) {
    return { ...selection, directoryId: known.directoryId } as ItemSelection;
  }
  const { synchronization } = context.core;
  return waitFor(context, 'Save', `Asking the directory for ${placeText(selection)}.`, (signal) =>
    synchronization.identify(selection, signal),
  );
}

const shownNames = 200;

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
  const known = knownPlace(values, before);
  const { core } = context;
  const found = await waitFor(
    context,
    'Try it',
    `Looking who is in ${placeText(wanted)}.`,
    async (signal) => {
      const directory = await core.openDirectory(signal);
      try {
        let selection: SingleSelection = wanted;
        if (known !== null && before !== null) {
          const [placed] = await placeItems([before], directory, signal);
          const at = placed?.selection;
          if (at !== undefined && 'dn' in at && 'dn' in wanted) selection = { ...wanted, dn: at.dn };
        }
        const names: string[] = [];
        for await (const { users } of directory.users(selection, { signal })) {
          names.push(...users.slice(0, shownNames).map(({ username, dn }) => username ?? dn));
          break;
        }
        return { names, count: await directory.count(selection, { signal }) };
      } finally {
        await directory.close();
      }
    },
  );
  if (found === undefined) return;
  const { names, count } = found;
  const more = count > names.length ? ` The first ${names.length}:` : '';
  await context.overlays.ask(reportDialog('Try it', `${countOf(count, 'user')} found.${more}`, names));
}

function placeText(selection: SingleSelection): string {
  return 'dn' in selection ? selection.dn : 'the whole directory';
}
