import type { Erasure } from './erase-personal-data.ts';

/** What an erasure takes away, as the end of a sentence: "the user and what 12 audit events tell of them". */
export function erasureText({ wasUser, events, runLines, mails }: Erasure): string {
  const kinds: readonly (readonly [count: number, one: string, many: string])[] = [
    [events, 'audit event', 'audit events'],
    [runLines, 'line of runs', 'lines of runs'],
    [mails, 'mail', 'mails'],
  ];
  const counts = kinds.flatMap(([count, one, many]) =>
    count === 0 ? [] : [`${count} ${count === 1 ? one : many}`],
  );
  const verb = events + runLines + mails === 1 ? 'tells' : 'tell';
  const told = counts.length === 0 ? [] : [`what ${listOf(counts)} ${verb} of them`];
  return [...(wasUser ? ['the user'] : []), ...told].join(' and ');
}

/** What an erasure could not reach or take care of, as sentences. */
export function erasureNotes({ isCompacted, wasFromDirectory }: Erasure): readonly string[] {
  return [
    ...(isCompacted
      ? []
      : [
          'Another process kept the file of the database from being written anew: its free space may hold remains until it is used again.',
        ]),
    ...(wasFromDirectory ? [returnNote] : []),
  ];
}

/** Said before and after. */
export const returnNote =
  'The person came from the directory: the next import or synchronization may add them again.';

function listOf(parts: readonly string[]): string {
  return parts.join(', ').replace(/, (?=[^,]*$)/, ' and ');
}
