import type { BoundCommand } from '../commands/command.ts';
import type { Layer } from '../commands/layers.ts';
import type { StoredForm } from './stored-form.ts';

/**
 * The keys of a stored form, with commands of the screen's own behind those that work on the field, and saving.
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
      const { commands, fieldCommands } = form();
      const others = commands.slice(fieldCommands.length);
      const saving = others.filter(({ command }) => command.id === 'form.save');
      return [...(isInSight() ? fieldCommands : []), ...saving, ...own, ...others];
    },
    capture: (event) => isInSight() && form().capture(event),
    takes: (chord) => isInSight() && form().takes(chord),
  };
}
