import type { Explanation } from './explain-user.ts';

/**
 * Where a setting comes from, as the end of a line such as "Phone +14255550123: from the directory, run 12, 08:30".
 * @param moment writes a time for whoever reads it
 */
export function explanationText(explanation: Explanation, moment: (at: string) => string): string {
  const { event, owner } = explanation;
  const parts = [
    originText(explanation),
    ...(event === null ? [] : [moment(event.at)]),
    ...(owner === 'here' ? ['kept as set here'] : []),
  ];
  return parts.join(', ');
}

function originText({ origin, event, run, field }: Explanation): string {
  switch (origin) {
    case 'directory':
      return `from the directory, run ${run}`;
    case 'rules':
      return `by the rules of run ${run}${field === 'enabled' && event?.reason ? ` (${event.reason})` : ''}`;
    case 'csv':
      return `from a CSV file, by ${event?.actor}`;
    case 'hand':
      return `set by ${event?.actor}`;
    case 'company':
      return 'as the company settings say';
    case 'never':
      return 'nobody has set it';
    case 'unknown':
      return 'set before the audit log begins';
  }
}
