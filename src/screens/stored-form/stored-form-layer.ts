import type { BoundCommand } from '../commands/command.ts';
import type { Layer } from '../commands/layers.ts';
import type { StoredForm } from './stored-form.ts';

/**
 * The keys of a stored form, with commands of the screen's own behind those that work on the field, save, and leave it.
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
      const first = others.filter(({ command }) => ['form.save', 'form.leave'].includes(command.id));
      return [...(isInSight() ? fieldCommands : []), ...first, ...own, ...others];
    },
    capture: (event) => isInSight() && form().capture(event),
    takes: (chord) => isInSight() && form().takes(chord),
  };
}
