import { createElement } from 'react';
import { templateVariables, variableMeanings } from '../../../../core/email/templates/variables.ts';
import type { ScreenContext } from '../../../shell/screen.ts';
import { createPalette, type RunnableEntry } from '../../../widgets/palette/palette.ts';
import { PaletteView } from '../../../widgets/palette/palette-view.tsx';

/** Lists the variables with what they stand for. @param insert called with the text of the chosen one */
export function offerVariables({ overlays, status }: ScreenContext, insert: (text: string) => void): void {
  const variables = templateVariables.map((name): RunnableEntry => {
    const text = `<$${name}$>`;
    return entry(name, variableMeanings[name], text, () => insert(text));
  });
  const condition = entry('if', 'what stands between is left out without a phone', '{% if phone %}', () =>
    insert('{% if phone %}{% endif %}'),
  );
  const palette = createPalette({
    title: 'Variables',
    emptyText: 'No variable has such a name.',
    entries: [...variables, condition],
    onClose: () => close(),
    onDisabled: (reason) => status.say(reason, 'warning'),
  });
  const close = overlays.open({
    layer: palette.layer,
    draw: (width, height) => createElement(PaletteView, { palette, width, height }),
  });
}

function entry(id: string, title: string, keys: string, run: () => void): RunnableEntry {
  return { id, scope: id, title, keys, reason: null, run };
}
