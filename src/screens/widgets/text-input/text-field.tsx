import { Line } from '../line/line.tsx';
import type { TextInputState } from './state.ts';
import { textInputSpans } from './text-input.ts';

export interface TextFieldProps {
  readonly state: TextInputState;
  readonly width: number;
  readonly isFocused: boolean;
  /** Stands before the field: "Filter: ". */
  readonly label?: string;
  readonly mask?: string | undefined;
  readonly placeholder?: string | undefined;
}

/** A text field in a line of its own: filter, palette, the number that confirms. */
export function TextField({ state, width, isFocused, label = '', mask, placeholder }: TextFieldProps) {
  const room = Math.max(1, width - label.length);
  const spans = textInputSpans(state, { width: room, isFocused, mask, placeholder });
  return <Line content={[{ text: label, token: 'dim' }, ...spans]} width={width} />;
}
