import { useStore } from '../../store.ts';
import { useSeenLines } from '../facts/scrolled-lines.tsx';
import type { OpenDialog } from './dialog.ts';
import { dialogLines } from './dialog-lines.ts';
import { Framed } from './framed.tsx';

export interface DialogViewProps {
  readonly dialog: OpenDialog;
  /** The room it may take, in columns and lines. */
  readonly width: number;
  readonly height: number;
}

/** Draws a dialog; it takes what it needs of the room. */
export function DialogView({ dialog: open, width, height }: DialogViewProps) {
  useStore(open);
  const dialog = open.dialog();
  const columns = Math.min(width, 72);
  const { fixed, scrolled } = dialogLines(dialog, columns - 4, height - 2);
  const room = Math.max(1, height - 2 - fixed.length);
  const seen = useSeenLines(scrolled, open.scroll, room);
  const lines = [...fixed, ...seen];
  return <Framed title={dialog.title} lines={lines} width={columns} isError={dialog.kind === 'error'} />;
}
