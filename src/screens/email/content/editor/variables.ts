import { createElement } from 'react';
import type { MailKind } from '../../../../core/email/templates/template-key.ts';
import { variablesOfKind } from '../../../../core/email/templates/variables-of-kind.ts';
import type { ScreenContext } from '../../../shell/screen.ts';
import { createPalette, type RunnableEntry } from '../../../widgets/palette/palette.ts';
import { PaletteView } from '../../../widgets/palette/palette-view.tsx';

/** Lists the variables with what they stand for. @param insert called with the text of the chosen one */
export function offerVariables(
  { overlays, status }: ScreenContext,
  kind: MailKind,
  insert: (text: string) => void,
): void {
  const facts = variablesOfKind(kind);
  const variables = facts.map(({ name, meaning }): RunnableEntry => {
    const text = `<$${name}$>`;
    return entry(name, meaning, text, () => insert(text));
  });
  const optional = facts.find(({ name }) => name === 'phone' || name === 'company_name')?.name ?? '';
  const beginning = `{% if ${optional} %}`;
  const condition = entry('if', `what stands between is left out without ${optional}`, beginning, () =>
    insert(`${beginning}{% endif %}`),
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
