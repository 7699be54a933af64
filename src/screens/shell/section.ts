import type { Status } from '../../core/status/status.ts';
import type { Screen, ScreenContext } from './screen.ts';

export type SectionMark = 'warning' | 'running' | 'off';

/** A section of the console: an entry of the rail, reached by its digit. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** Of at most 16 columns, for a narrow rail that the title does not fit. */
  readonly abbreviation?: string;
  /** `!` something needs attention, `*` a run waits, `-` switched off. */
  mark?(status: Status): SectionMark | undefined;
  /** Loads and opens its first screen. It is called once; the screen stays while other sections are looked at. */
  open(context: ScreenContext): Promise<Screen>;
}
