import { bindCommands, defineCommands } from '../../../src/screens/commands/command.ts';
import type { Screen, ScreenContext } from '../../../src/screens/shell/screen.ts';
import type { Section } from '../../../src/screens/shell/section.ts';
import { createStore } from '../../../src/screens/store.ts';
import { Line } from '../../../src/screens/widgets/line/line.tsx';

/** What happened to a screen, in order. */
export interface PlainScreen extends Screen {
  readonly events: string[];
}

/** A screen with a text, whose keys are given. */
export function plainScreen(
  title: string,
  keys: Readonly<Record<string, () => void>> = {},
  more: Partial<Screen> = {},
): PlainScreen {
  const events: string[] = [];
  const table = defineCommands(
    Object.keys(keys).map((key) => ({ id: `${title}.${key}`, title: key, keys: [key], scope: title })),
  );
  const commands = bindCommands(
    table,
    () => null,
    (id) => keys[id.slice(title.length + 1)]?.(),
  );
  return {
    events,
    title: () => title,
    layer: { name: title, commands },
    state: createStore(null),
    draw: (width) => <Line content={`This is ${title}.`} width={width} />,
    refresh: () => {
      events.push('refresh');
    },
    close: () => {
      events.push('close');
    },
    ...more,
  };
}

/** A section that is loaded a moment later, as those of the product are. */
export function plainSection(id: string, open: (context: ScreenContext) => Screen): Section {
  return {
    id,
    title: id,
    async open(context) {
      await new Promise((resolve) => setImmediate(resolve));
      return open(context);
    },
  };
}
