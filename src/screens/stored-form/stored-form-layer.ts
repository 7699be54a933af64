import type { BoundCommand } from '../commands/command.ts';
import type { Layer } from '../commands/layers.ts';
import { openFields } from '../widgets/form/state.ts';
import type { StoredForm } from './stored-form.ts';

/**
 * The keys of a stored form, with commands of the screen's own before them.
 * @param isInSight whether fields of it are shown now; left out where they always are
 */
export function storedFormLayer<Stored>(
  name: string,
  stored: StoredForm<Stored>,
  own: readonly BoundCommand[],
  isInSight: () => boolean = () => true,
): Layer {
  const form = () => stored.get().form;
  return {
    name,
    get commands() {
      return [...own, ...form().commands];
    },
    capture: (event) => isInSight() && form().capture(event),
    takes: (chord) => form().takes(chord),
    hints() {
      const state = form().get();
      const canEdit = isInSight() && openFields(state).length > 0;
      return state.isEditing || !canEdit ? [] : [{ key: 'Enter', title: 'Edit' }];
    },
  };
}
