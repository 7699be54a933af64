import { createElement } from 'react';
import { helpOf, paletteOf } from '../commands/generated-help.ts';
import type { LayerStack } from '../commands/layers.ts';
import type { InputEvent } from '../terminal/input-event.ts';
import { createHelp } from '../widgets/help/help.ts';
import { HelpView } from '../widgets/help/help-view.tsx';
import { createPalette } from '../widgets/palette/palette.ts';
import { PaletteView } from '../widgets/palette/palette-view.tsx';
import type { Status } from '../widgets/status-line/state.ts';
import type { Overlays } from './overlays.ts';

/**
 * Gives the keys of one packet to the layers, one after the other, and says why a key does nothing.
 * @param later as for {@link LayerStack.handle}
 */
export function handleInputs(
  layers: LayerStack,
  status: Status,
  events: readonly InputEvent[],
  later?: (key: InputEvent) => void,
): void {
  for (const event of events) {
    status.clear();
    const outcome = layers.handle(event, later);
    if (outcome.kind === 'disabled') status.say(outcome.reason, 'warning');
  }
}

/** Opens the palette over everything that can be done now. */
export function openPalette(layers: LayerStack, overlays: Overlays, status: Status): void {
  const palette = createPalette({
    title: 'Command',
    emptyText: 'No command has such a name.',
    entries: paletteOf(layers.get()),
    onClose: () => close(),
    onDisabled: (reason) => status.say(reason, 'warning'),
  });
  const close = overlays.open({
    layer: palette.layer,
    state: palette,
    draw: (width, height) => createElement(PaletteView, { palette, width, height }),
  });
}

/** Opens help for what can be done now. */
export function openHelp(layers: LayerStack, overlays: Overlays): void {
  const help = createHelp(helpOf(layers.get()), () => close());
  const close = overlays.open({
    layer: help.layer,
    state: help.scroll,
    draw: (width, height) => createElement(HelpView, { help, width, height }),
  });
}
