import { useStore } from '../../store.ts';
import { useTheme } from '../../theme/theme.ts';
import { Framed } from '../dialog/framed.tsx';
import { progressSpans } from './progress-bar.tsx';
import type { ProgressDialog } from './progress-dialog.ts';

export function ProgressDialogView({
  dialog,
  width,
}: {
  readonly dialog: ProgressDialog;
  readonly width: number;
}) {
  const state = useStore(dialog);
  const { glyphs } = useTheme();
  const columns = Math.min(width, 72);
  const { current, ...rest } = state;
  const lines = [
    progressSpans({ ...rest, current: '' }, columns - 4, glyphs),
    [{ text: current, token: 'dim' as const }],
    [{ text: 'Esc offers to stop after this batch.', token: 'dim' as const }],
  ];
  return <Framed title={dialog.title} lines={lines} width={columns} />;
}
