import { keyLabel } from '../terminal/key-names.ts';
import type { Command } from './command.ts';
import {
  type Hint,
  type Layer,
  type ReachableCommand,
  reachableCommands,
  reachableLayers,
} from './layers.ts';

/** The hints for what works here and now; disabled commands give theirs up to others. */
export function hintsOf(layers: readonly Layer[]): readonly Hint[] {
  const hints = reachableCommands(layers).flatMap((bound) => {
    const { hint } = bound.command;
    const [key] = bound.keys;
    if (hint === undefined || key === undefined || bound.isEnabled() !== true) return [];
    return [{ key: keyLabel(key), title: hint }];
  });
  return [...reachableLayers(layers).flatMap((layer) => layer.hints?.() ?? []), ...hints];
}

/** Finds commands that have no key of their own. */
const paletteKey = ':';

export interface HelpEntry {
  readonly id: string;
  readonly scope: string;
  readonly keys: string;
  readonly title: string;
  /** Why it cannot be done now; null when it can. */
  readonly reason: string | null;
}

/** Every command that can be reached now, in the order of layers; those without a key through the palette. */
export function helpOf(layers: readonly Layer[]): readonly HelpEntry[] {
  return reachableCommands(layers).map(helpEntry);
}

/** What the palette lists: all that has a name worth searching, disabled ones with their reason. */
export function paletteOf(layers: readonly Layer[]): readonly (HelpEntry & { run(): void })[] {
  return reachableCommands(layers)
    .filter(({ command }) => command.isHiddenInPalette !== true)
    .map((bound) => ({ ...helpEntry(bound), run: bound.run }));
}

function helpEntry({ command, keys, isEnabled }: ReachableCommand): HelpEntry {
  const state = isEnabled();
  return {
    id: command.id,
    scope: command.scope,
    keys: keys.map(keyLabel).join(' ') || paletteKey,
    title: command.title,
    reason: state === true ? null : state,
  };
}

/** The keys document in Markdown: one table for each scope, in the order of the given tables. */
export function keysDocument(tables: readonly (readonly Command<never>[])[]): string {
  const byScope = Map.groupBy(tables.flat(), ({ scope }) => scope);
  const parts = [...byScope].map(([scope, commands]) => {
    const rows = commands.map(
      ({ keys, title }) =>
        `| ${(keys.length === 0 ? [paletteKey] : keys).map(markdownKey).join(' ')} | ${title} |`,
    );
    return `## ${scope}\n\n| keys | what they do |\n|---|---|\n${rows.join('\n')}\n`;
  });
  return `# Keys\n\n${parts.join('\n')}`;
}

function markdownKey(chord: string): string {
  return `\`${keyLabel(chord).replace('|', '\\|')}\``;
}
