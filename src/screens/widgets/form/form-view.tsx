import { Box, useIsScreenReaderEnabled } from 'ink';
import { useStore } from '../../store.ts';
import { useTheme } from '../../theme/theme.ts';
import { Line } from '../line/line.tsx';
import type { Form } from './form.ts';
import { formLines, seenFormLines } from './form-lines.ts';

export interface FormViewProps {
  readonly form: Form;
  readonly width: number;
  readonly height: number;
  /** Ids of the fields to show; left out, all. */
  readonly shown?: readonly string[];
}

/** Labels at the left, fields at the right, messages under the fields; scrolls with the focus. */
export function FormView({ form, width, height, shown }: FormViewProps) {
  const whole = useStore(form);
  const state =
    shown === undefined ? whole : { ...whole, fields: whole.fields.filter(({ id }) => shown.includes(id)) };
  const { glyphs } = useTheme();
  const isSpoken = useIsScreenReaderEnabled();
  const all = formLines(state, width, glyphs);
  // A screen reader would read the whole form again at every key.
  const lines = isSpoken
    ? all.filter(({ field }) => field === state.focus).map(({ spans }) => spans)
    : seenFormLines(all, state.focus, height, glyphs);
  return (
    <Box flexDirection="column" width={width} height={height}>
      {lines.map((spans, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place.
        <Line key={index} content={spans} width={width} />
      ))}
    </Box>
  );
}
