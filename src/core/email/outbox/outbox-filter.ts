import { MfaError } from '../../errors.ts';
import { type MailKind, mailKinds } from '../templates/template-key.ts';
import { type MailState, mailStates } from './outbox-mail.ts';

/** Which mails; all that is given must be true. */
export interface OutboxFilter {
  /** One of these; empty is any. */
  states: MailState[];
  kind: MailKind | null;
  /** A username, without regard to case. */
  user: string | null;
  /** All of them occur in username, address, subject or reason, without regard to the case of Latin letters. */
  words: string[];
}

/** What a filter text can ask for by name; everything else is text that occurs anywhere. */
export const outboxFacets = {
  state: mailStates.join(', '),
  kind: mailKinds.join(', '),
  user: 'a username',
} as const;

export type OutboxFacet = keyof typeof outboxFacets;

/** A facet with a plain or quoted value; quoted text; or a word. */
const term =
  /(?<name>[a-z]+):(?:"(?<quotedValue>[^"]*)"|(?<value>[^\s"]\S*|(?=\s|$)))|"(?<quoted>[^"]*)"|(?<word>\S+)/giu;

/**
 * Reads a filter such as `state:failed state:inDoubt kind:newUser smith`. A facet that has no value yet asks for
 * nothing, because filters are read while they are typed.
 * @throws {MfaError} `filter.invalid`, with what is possible
 */
export function parseOutboxFilter(text: string): OutboxFilter {
  const filter: OutboxFilter = { states: [], kind: null, user: null, words: [] };
  for (const match of text.matchAll(term)) {
    const { name, quotedValue, value, quoted, word = '' } = match.groups ?? {};
    if (name === undefined) filter.words.push(quoted ?? word);
    else applyFacet(filter, facetOf(name), (quotedValue ?? value ?? '').trim());
  }
  filter.words = filter.words.filter((word) => word !== '');
  return filter;
}

function applyFacet(filter: OutboxFilter, facet: OutboxFacet, value: string): void {
  if (value === '') return;
  if (facet === 'state') filter.states.push(oneOf(facet, value, mailStates));
  else if (facet === 'kind') filter.kind = oneOf(facet, value, mailKinds);
  else filter.user = value;
}

function facetOf(name: string): OutboxFacet {
  const known = Object.keys(outboxFacets) as OutboxFacet[];
  const facet = known.find((one) => one === name.toLowerCase());
  if (facet !== undefined) return facet;
  throw new MfaError('filter.invalid', `The filter has no "${name}:".`, {
    advice: `It knows ${known.join(':, ')}:; put quotes around a word with a colon.`,
  });
}

function oneOf<Value extends string>(facet: OutboxFacet, wanted: string, values: readonly Value[]): Value {
  const found = values.find((value) => value.toLowerCase() === wanted.toLowerCase());
  if (found !== undefined) return found;
  throw new MfaError('filter.invalid', `The filter ${facet}: cannot be "${wanted}".`, {
    advice: `It can be ${values.join(', ')}.`,
  });
}
