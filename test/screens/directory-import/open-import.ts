import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';
import { type ConsoleOptions, openConsole, type TestConsole } from '../helpers/console.tsx';

export const keys = {
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D',
  home: '\x1b[H',
  end: '\x1b[F',
  enter: '\r',
  esc: '\x1b',
  tab: '\t',
  save: '\x13',
} as const;

export interface OpenedImport {
  readonly core: TemporaryCore;
  readonly console: TestConsole;
}

/** A console with the import screen, as it is when it was just opened. */
export async function openImport(
  options: ConsoleOptions & { readonly core?: TemporaryCore } = {},
): Promise<OpenedImport> {
  const core = options.core ?? temporaryCore();
  const console = await openConsole(core, options);
  console.press('2i');
  await console.shows('[Containers]');
  return { core, console };
}

/** As {@link openImport} over the sample directory, with the containers and everybody read. */
export async function openSampleImport(
  options: ConsoleOptions & { readonly core?: TemporaryCore } = {},
): Promise<OpenedImport> {
  const opened = await openImport(options);
  await opened.console.shows('OU=Engineering');
  await opened.console.shows('385 users');
  return opened;
}
