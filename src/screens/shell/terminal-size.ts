import { useSyncExternalStore } from 'react';

/** An output that knows its size and says when it changes. */
export interface SizedOutput {
  readonly columns: number;
  readonly rows: number;
  on(event: 'resize', listener: () => void): unknown;
  off(event: 'resize', listener: () => void): unknown;
}

/** Draws the component again when the terminal has another size. */
export function useTerminalSize(output: SizedOutput): { readonly columns: number; readonly rows: number } {
  const size = useSyncExternalStore(
    (listener) => {
      output.on('resize', listener);
      return () => output.off('resize', listener);
    },
    () => `${output.columns}x${output.rows}`,
  );
  const [columns = 80, rows = 24] = size.split('x').map(Number);
  return { columns, rows };
}
