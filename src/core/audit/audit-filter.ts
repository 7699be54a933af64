import { MfaError } from '../errors.ts';
import { parseMoment } from '../moment.ts';
import type { AuditFilter } from './audit-query.ts';

/** The results that an event can have. */
export const auditResults = ['success', 'failure', 'denied'] as const;

/** What a filter text can ask for by name; everything else is text that occurs anywhere. */
export const auditFacets = {
  who: 'the account that did it, with or without its machine',
  what: 'an action, or how actions begin',
  target: 'the user, run or setting that it happened to',
  result: auditResults.join(', '),
  since: '2h, 7d, a day or a time',
  until: '2h, 7d, a day or a time',
} as const;

export type AuditFacet = keyof typeof auditFacets;

/** A facet with a plain or quoted value; quoted text; or a word. */
const term =
  /(?<name>[a-z]+):(?:"(?<quotedValue>[^"]*)"|(?<value>[^\s"]\S*|(?=\s|$)))|"(?<quoted>[^"]*)"|(?<word>\S+)/giu;

/**
 * Reads a filter such as `who:root what:user result:failure since:7d jdoe`. A facet that has no value yet asks for
 * nothing, because filters are read while they are typed.
 * @throws {MfaError} `filter.invalid`, with what is possible
 */
export function parseAuditFilter(text: string, now: Date): AuditFilter {
  const filter: AuditFilter = {};
  const words: string[] = [];
  for (const match of text.matchAll(term)) {
    const { name, quotedValue, value, quoted, word = '' } = match.groups ?? {};
    if (name === undefined) words.push(quoted ?? word);
    else applyFacet(filter, name, (quotedValue ?? value ?? '').trim(), now);
  }
  const wanted = words.filter((one) => one !== '');
  return wanted.length === 0 ? filter : { ...filter, words: wanted };
}

/** The text of a filter, for who has its parts. */
export function auditFilterText(parts: Partial<Record<AuditFacet | 'text', string>>): string {
  const facets = (Object.keys(auditFacets) as AuditFacet[]).flatMap((name) => {
    const value = parts[name]?.trim().replaceAll('"', '') ?? '';
    if (value === '') return [];
    return [/\s/.test(value) ? `${name}:"${value}"` : `${name}:${value}`];
  });
  const text = parts.text?.trim() ?? '';
  return [...facets, ...(text === '' ? [] : [text])].join(' ');
}

function applyFacet(filter: AuditFilter, name: string, value: string, now: Date): void {
  const facet = (Object.keys(auditFacets) as AuditFacet[]).find((one) => one === name.toLowerCase());
  if (facet === undefined) {
    throw new MfaError('filter.invalid', `The filter has no "${name}:".`, {
      advice: `It knows ${Object.keys(auditFacets).join(':, ')}:; put quotes around a word with a colon.`,
    });
  }
  if (value === '') return;
  switch (facet) {
    case 'who':
      filter.actor = value;
      return;
    case 'what':
      filter.action = value;
      return;
    case 'target':
      filter.target = value;
      return;
    case 'result':
      filter.result = resultOf(value);
      return;
    case 'since':
      filter.since = momentOf(facet, value, now, 'start');
      return;
    case 'until':
      filter.until = momentOf(facet, value, now, 'end');
      return;
  }
}

/** A result by its beginning. */
function resultOf(value: string): string {
  const result = auditResults.find((one) => one.startsWith(value.toLowerCase()));
  if (result !== undefined) return result;
  throw new MfaError('filter.invalid', `The filter result: cannot be "${value}".`, {
    advice: `It can be ${auditResults.join(', ')}.`,
  });
}

function momentOf(facet: AuditFacet, value: string, now: Date, edge: 'start' | 'end'): Date {
  try {
    return parseMoment(value, now, edge);
  } catch (cause) {
    throw new MfaError('filter.invalid', `The filter ${facet}: cannot be "${value}".`, {
      advice: 'Write 2h or 7d (ago), a day such as 2026-03-01, or a time such as 2026-03-01T08:30.',
      cause,
    });
  }
}
