import { Liquid, type LiquidOptions } from 'liquidjs';

/** Characters of one template. */
export const maximumTemplateLength = 100_000;

const options: LiquidOptions = {
  outputDelimiterLeft: '<$',
  outputDelimiterRight: '$>',
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
  // An empty text counts as missing, so that `{% if phone %}` means what it says.
  jsTruthy: true,
  parseLimit: maximumTemplateLength,
  // Milliseconds: more than any text needs on a busy machine, and an end for a loop that has none.
  renderLimit: 1000,
  memoryLimit: 1_000_000,
  // Nothing is read from the disk, whatever a template asks for.
  templates: {},
};

/** Tags that would bring in another file. */
const fileTags = ['include', 'render', 'layout', 'block'];

/** @param encode what is done to everything that variables put in; null puts it in as it is */
export function liquidEngine(encode: ((value: string) => string) | null): Liquid {
  const engine = new Liquid(
    encode === null ? options : { ...options, outputEscape: (value) => encode(String(value ?? '')) },
  );
  for (const tag of fileTags) delete engine.tags[tag];
  // Would put values in without escaping them.
  delete engine.filters.raw;
  return engine;
}

/** What a character means in HTML and XML, as an entity. */
export function escapeMarkup(value: string): string {
  return value.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};
