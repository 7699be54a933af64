import { MfaError } from '../../core/errors.ts';

/**
 * One thing that an administrator can do. The table of commands is the only place that knows keys: handling,
 * key hints, help, palette and the keys document come from it.
 */
export interface Command<State = unknown, Id extends string = string> {
  /** Stable and unique, `noun.verb`: `users.edit`. */
  readonly id: Id;
  /** As help and palette show it: "Edit user". */
  readonly title: string;
  /** Chords, the first of which is shown. Empty: only the palette reaches it. */
  readonly keys: readonly string[];
  /** Heading in help and in the keys document: "Users", "Lists". */
  readonly scope: string;
  /** One or two words for the line of hints; without it the command is not hinted at. */
  readonly hint?: string;
  /** Not worth a line in the palette, such as moving the cursor. */
  readonly isHiddenInPalette?: boolean;
  /** True, or the reason why it cannot be done now, as a sentence. */
  isEnabled?(state: State): true | string;
}

/** A command of which the state is known, ready to be done. */
export interface BoundCommand {
  readonly command: Command<never>;
  isEnabled(): true | string;
  run(): void;
}

/** Checks a table and returns it. A key that two commands of one table claim is a mistake of the program. */
export function defineCommands<State, const Id extends string>(
  commands: readonly Command<State, Id>[],
): readonly Command<State, Id>[] {
  const owners = new Map<string, string>();
  for (const { id, keys } of commands) {
    for (const key of keys) {
      const owner = owners.get(key);
      if (owner !== undefined) {
        throw new MfaError('internal.unexpected', `Both ${owner} and ${id} are bound to ${key}.`);
      }
      owners.set(key, id);
    }
  }
  return commands;
}

/** Binds a table to its state and to what its commands do. */
export function bindCommands<State, Id extends string>(
  commands: readonly Command<State, Id>[],
  state: () => State,
  run: (id: Id) => void,
): readonly BoundCommand[] {
  return commands.map((command) => ({
    command: command as Command<never>,
    isEnabled: () => command.isEnabled?.(state()) ?? true,
    run: () => run(command.id),
  }));
}
