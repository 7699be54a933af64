import { countOf } from '../../core/count-text.ts';
import { hintsOf } from '../commands/generated-help.ts';
import { createStore, useStore } from '../store.ts';
import type { Screen } from './screen.ts';
import type { Shell } from './shell.ts';
import { shellLayout } from './shell-layout.ts';
import { type RailEntry, ShellView } from './shell-view.tsx';
import { type SizedOutput, useTerminalSize } from './terminal-size.ts';

export interface ConsoleViewProps {
  readonly shell: Shell;
  readonly output: SizedOutput;
}

const nothing = createStore<unknown>(null);

/** Draws the shell with the present screen in its main pane. */
export function ConsoleView({ shell, output }: ConsoleViewProps) {
  const { columns, rows } = useTerminalSize(output);
  const { section, screens } = useStore(shell.navigator);
  const screen = screens.at(-1);
  useStore(screen?.state ?? nothing);
  useStore(shell.layers);
  const overlay = useStore(shell.overlays).at(-1);
  useStore(overlay?.state ?? nothing);
  const layout = shellLayout(columns, rows, {
    isRailShown: useStore(shell.isRailShown),
    wantsWidth: screen?.wantsWidth === true,
  });
  const standing = useStore(shell.standing);
  const entries = shell.sections.map(({ id, title, abbreviation, mark }): RailEntry => {
    return { id, title, abbreviation, mark: standing === null ? undefined : mark?.(standing) };
  });
  const warnings = standing?.warnings.length ?? 0;
  const warningNote = warnings === 0 ? '' : `! ${countOf(warnings, 'warning')}`;
  const { identity } = shell.context;
  return (
    <ShellView
      layout={layout}
      breadcrumb={screens.map((one) => one.title())}
      identity={layout.hasRail || warningNote === '' ? identity : [warningNote, ...identity]}
      sections={entries}
      activeSection={section}
      railNote={warningNote}
      message={useStore(shell.status)}
      note={noteOf(useStore(shell.isOld), screen)}
      hints={hintsOf(shell.layers.get())}
      overlay={overlay?.draw(columns - 6, layout.mainHeight - 2)}
    >
      {screen?.draw(layout.mainWidth, layout.mainHeight)}
    </ShellView>
  );
}

function noteOf(isChanged: boolean, screen: Screen | undefined): string {
  const isOld = isChanged || screen?.isOld?.() === true;
  const canRefresh = screen?.refresh !== undefined;
  const parts = [screen?.note?.() ?? '', isOld && canRefresh ? 'changed, r to refresh' : ''];
  return parts.filter((part) => part !== '').join('  ');
}
