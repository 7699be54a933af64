import type { SingleSelection } from '../../../../core/directory/directory.ts';
import { isMfaError } from '../../../../core/errors.ts';
import type { SyncItem } from '../../../../core/sync/sync-item.ts';
import type { ItemPatch } from '../../../../core/sync/sync-items.ts';
import { bindCommands } from '../../../commands/command.ts';
import type { ScreenContext } from '../../../shell/screen.ts';
import { spreadOverTabs } from '../../../stored-form/form-tabs.ts';
import { createStoredForm } from '../../../stored-form/stored-form.ts';
import { storedFormLayer } from '../../../stored-form/stored-form-layer.ts';
import type { Pane, Tabs } from '../../../tabbed/pane.ts';
import type { FormValues } from '../../../widgets/form/field.ts';
import type { SaveOutcome } from '../../../widgets/form/form.ts';
import { FormView } from '../../../widgets/form/form-view.tsx';
import { askAboutLeavers } from './ask-about-leavers.ts';
import { itemFields, tabOf } from './fields.ts';
import { identifySelection, tryForm } from './find-selection.ts';
import { type ItemCommandId, itemCommands } from './keys.ts';
import { suggestedName } from './suggested-name.ts';
import { isSameSelection, selectionOf, selectionValues, settingsOf, valuesOfItem } from './values.ts';

/** A stored item, or the place that a new one begins with. */
export type ItemSubject =
  | { readonly item: SyncItem; readonly selection?: never }
  | { readonly item: null; readonly selection: SingleSelection };

export interface ItemPane extends Pane {
  /** Of the item as it is stored; undefined while it is not. */
  name(): string | undefined;
}

/** The form of an item over its tabs. @param onSaved called after every change */
export function openItemPane(
  context: ScreenContext,
  tabs: Tabs,
  { item: opened, selection: chosen }: ItemSubject,
  onSaved: () => Promise<void>,
): ItemPane {
  const { items } = context.core.synchronization;
  let item = opened;
  const stored = createStoredForm<SyncItem | null>(context, {
    what: 'The item',
    isPlural: false,
    read() {
      if (item !== null) item = items.find(item);
      return item;
    },
    fields: (_, values) => itemFields(values),
    values: valuesOfItem,
    save,
    onOpen: choosePlace,
  });
  const form = () => stored.get().form;

  async function save(values: FormValues, before: SyncItem | null): Promise<SaveOutcome> {
    if (selectionOf(values) === null) return { place: 'Choose one: Enter looks through the directory.' };
    const settings = settingsOf(values, before);
    const patch: ItemPatch = { ...settings, name: String(values.name), enabled: values.enabled === true };
    const isSame = before !== null && isSameSelection(values, before);
    const selection = isSame ? before.selection : await identifySelection(context, values, before);
    if (selection === undefined) return 'failed';
    if (before !== null && !isSame) {
      const change = { item: before, selection, leavers: settings.leavers };
      if (!(await askAboutLeavers(context, change))) return 'failed';
    }
    try {
      if (before === null) {
        const { enabled } = patch;
        item = items.add(String(values.name), { ...settings, selection }, { enabled: enabled === true });
      } else item = items.edit(before, { ...patch, selection }, { version: before.version });
    } catch (error) {
      if (isMfaError(error) && error.fields.name !== undefined)
        return { name: `The name ${error.fields.name}.` };
      throw error;
    }
    await onSaved();
    return undefined;
  }

  function choosePlace(): void {
    if (context.isReadOnly) return;
    const { phone } = settingsOf(form().get().values, item).rules;
    context.open(
      import('../../../directory-import/choose-place/screen.tsx').then(({ openPlaceChooser }) =>
        openPlaceChooser(context, { title: 'Choose a place', phone, onChosen: take }),
      ),
    );
  }

  /** A further filter stays, because it is about people and not about the place. */
  function take(selection: SingleSelection): void {
    const { values } = form().get();
    const { filter, ...place } = selectionValues(selection);
    const isAboutPlace = values.scope === 'filter' || selection.scope === 'filter';
    form().dispatch({ type: 'fill', values: { ...place, ...(isAboutPlace && { filter: filter ?? '' }) } });
    if (values.name === '') form().dispatch({ type: 'fill', values: { name: suggestedName(selection) } });
  }

  const actions: Record<ItemCommandId, () => void> = {
    'syncItem.try': () =>
      void tryForm(context, form().get().values, stored.get().stored).catch((error) =>
        context.reportError('It cannot be tried', error),
      ),
    'syncItem.place': choosePlace,
  };
  const own = bindCommands(
    itemCommands,
    () => ({ isReadOnly: context.isReadOnly }),
    (id) => actions[id](),
  );
  const spread = spreadOverTabs(stored, tabs, tabOf);
  if (chosen !== undefined) take(chosen);
  if (!context.isReadOnly) form().dispatch({ type: 'editing', isEditing: true });

  return {
    name: () => stored.get().stored?.name,
    layer: storedFormLayer('synchronization item', stored, own),
    state: stored,
    ...spread,
    draw: (width, height, tab) => (
      <FormView form={form()} width={width} height={height} shown={spread.fieldsOn(tab)} />
    ),
    refresh: stored.reload,
    canLeave: stored.canLeave,
  };
}
