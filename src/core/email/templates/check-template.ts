import { LiquidError } from 'liquidjs';
import { MfaError, messageOf } from '../../errors.ts';
import { nearest } from '../../nearest.ts';
import { isMailAddress } from '../mail-address.ts';
import type { TemplateSource } from './built-in-templates.ts';
import { maximumTemplateLength, templateEngine } from './render-template.ts';
import { sampleValues, type TemplateValues, templateVariables } from './variables.ts';

type Part = 'subject' | 'text' | 'html';

const partNames: Record<Part, string> = { subject: 'subject', text: 'plain text', html: 'HTML' };
const maximumSubjectLength = 300;

/** With every field empty, as a user may be. */
const emptyValues = Object.fromEntries(templateVariables.map((name) => [name, ''])) as TemplateValues;

/**
 * Refuses what could not be rendered later: broken or unknown tags, filters and variables, also where no sample
 * goes; loops that take too long; a subject of several lines.
 * @throws {MfaError} `template.invalid`, with line and column and the field
 */
export function checkTemplate(source: TemplateSource): void {
  checkLengths(source);
  checkPart('subject', source.subject, 'text');
  checkPart('text', source.text, 'text');
  if (source.html !== null) checkPart('html', source.html, 'html');
  for (const one of source.cc) {
    if (!isMailAddress(one))
      throw invalid('cc', `The Cc address ${JSON.stringify(one)} is no e-mail address.`);
  }
}

function checkLengths({ subject, text, html }: TemplateSource): void {
  if (subject.trim() === '') throw invalid('subject', 'The subject is empty.');
  if (/[\r\n]/.test(subject)) throw invalid('subject', 'The subject has more than one line.');
  if (subject.length > maximumSubjectLength) {
    throw invalid('subject', `The subject has more than ${maximumSubjectLength} characters.`);
  }
  if (text.trim() === '') throw invalid('text', 'The plain text is empty.');
  if (Math.max(text.length, html?.length ?? 0) > maximumTemplateLength) {
    throw invalid('text', `A text has more than ${maximumTemplateLength} characters.`);
  }
}

function checkPart(part: Part, source: string, output: 'text' | 'html'): void {
  const engine = templateEngine(output);
  try {
    const parsed = engine.parse(source);
    const { globals } = engine.analyzeSync(parsed, { partials: false });
    for (const [name, [first]] of Object.entries(globals)) {
      if ((templateVariables as readonly string[]).includes(name)) continue;
      const { row = 1, col = 1 } = first?.location ?? {};
      throw unknownVariable(part, name, row, col);
    }
    for (const values of [sampleValues, emptyValues]) engine.renderSync(parsed, { ...values });
  } catch (error) {
    if (error instanceof MfaError) throw error;
    throw invalid(part, `The ${partNames[part]} cannot be used: ${describe(error)}.`, error);
  }
}

function unknownVariable(part: Part, name: string, line: number, column: number): MfaError {
  const near = nearest(name, templateVariables);
  return new MfaError(
    'template.invalid',
    `The ${partNames[part]} has an unknown variable "${name}" at line ${line}, column ${column}.`,
    {
      advice: near === undefined ? `There are ${templateVariables.join(', ')}.` : `Did you mean ${near}?`,
      fields: { [part]: `has an unknown variable "${name}" at line ${line}, column ${column}` },
    },
  );
}

/** LiquidJS appends `, line:2, col:5` and, for limits, nothing but the limit. */
function describe(error: unknown): string {
  const [first = ''] = messageOf(error).split('\n');
  if (!LiquidError.is(error)) return first;
  const [line, column] = error.token.getPosition();
  const what = first.replace(/, (file:.*, )?line:\d+, col:\d+$/, '');
  return `${what} at line ${line}, column ${column}`;
}

function invalid(field: string, message: string, cause?: unknown): MfaError {
  return new MfaError('template.invalid', message, {
    advice: 'Nothing was saved; correct it and save again.',
    fields: { [field]: message },
    cause,
  });
}
