import type { BerWriter } from 'ldapts';
import { MfaError } from '../../errors.ts';

/** A filter of RFC 4515 as it is sent; values are bytes, so that `\xx` may stand for any of them. */
export type SearchFilter =
  | { kind: 'and' | 'or'; filters: SearchFilter[] }
  | { kind: 'not'; filter: SearchFilter }
  | { kind: 'present'; attribute: string }
  | { kind: 'equal' | 'greaterOrEqual' | 'lessOrEqual' | 'approximate'; attribute: string; value: Buffer }
  | { kind: 'substrings'; attribute: string; initial: Buffer; any: Buffer[]; final: Buffer }
  | { kind: 'extensible'; attribute: string; rule: string; withDn: boolean; value: Buffer };

const deepestNesting = 100;

/**
 * Reads the text of a filter (RFC 4515). Blanks between the parts are allowed, as administrators write them.
 * @throws {MfaError} `directory.filterInvalid`
 */
export function parseFilter(text: string): SearchFilter {
  let position = 0;
  const filter = parseOne(0);
  skipBlanks();
  if (position < text.length) throw invalid('something follows its last parenthesis');
  return filter;

  function parseOne(depth: number): SearchFilter {
    if (depth > deepestNesting) throw invalid('it is nested too deeply');
    skipBlanks();
    expect('(');
    skipBlanks();
    const sign = text[position];
    let filter: SearchFilter;
    if (sign === '&' || sign === '|') {
      position += 1;
      const filters: SearchFilter[] = [];
      for (skipBlanks(); text[position] === '('; skipBlanks()) filters.push(parseOne(depth + 1));
      filter = { kind: sign === '&' ? 'and' : 'or', filters };
    } else if (sign === '!') {
      position += 1;
      filter = { kind: 'not', filter: parseOne(depth + 1) };
      skipBlanks();
    } else {
      filter = parseItem();
    }
    expect(')');
    return filter;
  }

  function parseItem(): SearchFilter {
    const start = position;
    const end = /[()]/.exec(text.slice(position));
    position = end === null ? text.length : position + end.index;
    const item = text.slice(start, position);
    const parts =
      /^(?<attribute>[a-z0-9.;_-]*)(?<withDn>:dn)?(?::(?<rule>[a-z0-9.-]+))?(?<type>:=|>=|<=|~=|=)(?<value>.*)$/is.exec(
        item.trimStart(),
      )?.groups;
    if (parts === undefined) throw invalid(`"${item}" is no comparison`);
    const { attribute = '', withDn, rule = '', type, value = '' } = parts;
    if (type === ':=') {
      if (attribute === '' && rule === '') throw invalid(`"${item}" names no attribute`);
      return {
        kind: 'extensible',
        attribute,
        rule,
        withDn: withDn !== undefined,
        value: unescapeValue(value),
      };
    }
    if (attribute === '' || withDn !== undefined || rule !== '') throw invalid(`"${item}" is no comparison`);
    if (type === '>=') return { kind: 'greaterOrEqual', attribute, value: unescapeValue(value) };
    if (type === '<=') return { kind: 'lessOrEqual', attribute, value: unescapeValue(value) };
    if (type === '~=') return { kind: 'approximate', attribute, value: unescapeValue(value) };
    if (value === '*') return { kind: 'present', attribute };
    if (!value.includes('*')) return { kind: 'equal', attribute, value: unescapeValue(value) };
    const pieces = value.split('*').map(unescapeValue);
    const any = pieces.slice(1, -1).filter((piece) => piece.length > 0);
    const [initial = Buffer.alloc(0)] = pieces;
    return { kind: 'substrings', attribute, initial, any, final: pieces.at(-1) ?? Buffer.alloc(0) };
  }

  function unescapeValue(value: string): Buffer {
    if (!value.includes('\\')) return Buffer.from(value);
    const parts: Buffer[] = [];
    let rest = 0;
    for (let at = value.indexOf('\\'); at !== -1; at = value.indexOf('\\', at + 1)) {
      const hex = value.slice(at + 1, at + 3);
      if (!/^[0-9a-f]{2}$/i.test(hex)) throw invalid(`"\\${hex}" is no escape of two hexadecimal digits`);
      parts.push(Buffer.from(value.slice(rest, at)), Buffer.from(hex, 'hex'));
      rest = at + 3;
    }
    parts.push(Buffer.from(value.slice(rest)));
    return Buffer.concat(parts);
  }

  function expect(character: string): void {
    if (text[position] !== character) {
      throw invalid(
        position >= text.length
          ? `a "${character}" is missing at its end`
          : `a "${character}" is missing at position ${position + 1}`,
      );
    }
    position += 1;
  }

  function skipBlanks(): void {
    while (text[position] === ' ' || text[position] === '\n' || text[position] === '\t') position += 1;
  }

  function invalid(reason: string): MfaError {
    const shown = text.length > 200 ? `${text.slice(0, 200)}...` : text;
    return new MfaError('directory.filterInvalid', `The filter ${shown} is not valid: ${reason}.`, {
      advice: 'Write it like (&(objectClass=user)(department=Sales)).',
    });
  }
}

/** A value as it may stand in a filter: RFC 4515 section 3. Bytes are written as `\xx`. */
export function escapeValue(value: string | Buffer): string {
  if (typeof value !== 'string') return value.toString('hex').replace(/../g, '\\$&');
  return value.replace(
    /[*()\\\0]/g,
    (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

/** All of these; filters left out or empty do not count. */
export function allOf(...filters: readonly (string | undefined)[]): string {
  const given = filters.filter((filter) => filter !== undefined && filter !== '');
  return given.length === 1 ? (given[0] ?? '') : `(&${given.join('')})`;
}

/** Any of these. */
export function anyOf(filters: readonly string[]): string {
  return filters.length === 1 ? (filters[0] ?? '') : `(|${filters.join('')})`;
}

/** The attributes that a filter asks about, in lower case. */
export function attributesIn(filter: SearchFilter): string[] {
  if ('filters' in filter) return filter.filters.flatMap(attributesIn);
  if ('filter' in filter) return attributesIn(filter.filter);
  return filter.attribute === '' ? [] : [filter.attribute.toLowerCase()];
}

/** Writes a filter as RFC 4511 4.5.1.7 says. */
export function writeFilter(writer: BerWriter, filter: SearchFilter): void {
  const octetString = 0x04;
  switch (filter.kind) {
    case 'and':
    case 'or':
      writer.startSequence(filter.kind === 'and' ? 0xa0 : 0xa1);
      for (const one of filter.filters) writeFilter(writer, one);
      break;
    case 'not':
      writer.startSequence(0xa2);
      writeFilter(writer, filter.filter);
      break;
    case 'present':
      writer.writeString(filter.attribute, 0x87);
      return;
    case 'substrings':
      writer.startSequence(0xa4);
      writer.writeString(filter.attribute);
      writer.startSequence();
      if (filter.initial.length > 0) writer.writeBuffer(filter.initial, 0x80);
      for (const piece of filter.any) writer.writeBuffer(piece, 0x81);
      if (filter.final.length > 0) writer.writeBuffer(filter.final, 0x82);
      writer.endSequence();
      break;
    case 'extensible':
      writer.startSequence(0xa9);
      if (filter.rule !== '') writer.writeString(filter.rule, 0x81);
      if (filter.attribute !== '') writer.writeString(filter.attribute, 0x82);
      writer.writeBuffer(filter.value, 0x83);
      if (filter.withDn) writer.writeBoolean(true, 0x84);
      break;
    default:
      writer.startSequence(comparisonTags[filter.kind]);
      writer.writeString(filter.attribute);
      writer.writeBuffer(filter.value, octetString);
  }
  writer.endSequence();
}

const comparisonTags = { equal: 0xa3, greaterOrEqual: 0xa5, lessOrEqual: 0xa6, approximate: 0xa8 } as const;
