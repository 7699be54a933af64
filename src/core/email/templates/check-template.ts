import { MfaError } from '../../errors.ts';
import { findLiquidProblem, type LiquidPlace } from '../../liquid/find-liquid-problem.ts';
import { maximumTemplateLength } from '../../liquid/liquid-engine.ts';
import { type Attachment, attachmentsProblem } from '../attachment.ts';
import { isMailAddress } from '../mail-address.ts';
import { templateEngine } from './render-template.ts';
import type { MailKind } from './template-key.ts';
import { type TemplatePart, type TemplateSource, templatePartNames } from './template-source.ts';
import { valuesForKind, variablesOfKind } from './variables-of-kind.ts';

const maximumSubjectLength = 300;

/** Why a part of a template cannot be saved. */
export interface TemplateProblem {
  readonly part: TemplatePart;
  /** A sentence, with the place in it. */
  readonly message: string;
  /** What to do, where it is more than to correct it. */
  readonly advice: string | null;
  /** Where in the part; null where it has no single place. */
  readonly place: LiquidPlace | null;
}

/**
 * Refuses what {@link findTemplateProblems} finds.
 * @throws {MfaError} `template.invalid`, with line and column of the first problem, and the parts as fields
 */
export function checkTemplate(source: TemplateSource, kind: MailKind): void {
  const problems = findTemplateProblems(source, kind);
  const [first] = problems;
  if (first === undefined) return;
  throw new MfaError('template.invalid', first.message, {
    advice: first.advice ?? 'Nothing was saved; correct it and save again.',
    fields: Object.fromEntries(problems.map(({ part, message }) => [part, message])),
  });
}

/**
 * What could not be rendered later: broken or unknown tags, filters and variables, also where no sample goes; loops
 * that take too long; a subject of several lines. At most one problem for each part.
 */
export function findTemplateProblems(source: TemplateSource, kind: MailKind): TemplateProblem[] {
  const { subject, text, html, cc, attachments } = source;
  const own = typeof html === 'object' ? html.source : null;
  return [
    subjectProblem(subject) ?? liquidProblem('subject', subject, kind),
    textProblem(text) ?? liquidProblem('text', text, kind),
    own === null ? null : (lengthProblem('html', own) ?? liquidProblem('html', own, kind)),
    addressProblem(cc),
    filesProblem(attachments),
  ].filter((problem) => problem !== null);
}

function subjectProblem(subject: string): TemplateProblem | null {
  if (subject.trim() === '') return problem('subject', 'The subject is empty.');
  if (/[\r\n]/.test(subject)) return problem('subject', 'The subject has more than one line.');
  if (subject.length <= maximumSubjectLength) return null;
  return problem('subject', `The subject has more than ${maximumSubjectLength} characters.`);
}

function textProblem(text: string): TemplateProblem | null {
  return text.trim() === '' ? problem('text', 'The plain text is empty.') : lengthProblem('text', text);
}

function lengthProblem(part: TemplatePart, source: string): TemplateProblem | null {
  if (source.length <= maximumTemplateLength) return null;
  return problem(part, `The ${templatePartNames[part]} has more than ${maximumTemplateLength} characters.`);
}

function addressProblem(cc: readonly string[]): TemplateProblem | null {
  const index = cc.findIndex((one) => !isMailAddress(one));
  if (index === -1) return null;
  const message = `The Cc address ${JSON.stringify(cc[index])} is no e-mail address.`;
  return problem('cc', message, { line: index + 1, column: 1 });
}

function filesProblem(attachments: readonly Attachment[]): TemplateProblem | null {
  const message = attachmentsProblem(attachments);
  return message === null ? null : problem('attachments', message);
}

function liquidProblem(
  part: 'subject' | 'text' | 'html',
  source: string,
  kind: MailKind,
): TemplateProblem | null {
  const engine = templateEngine(part === 'html' ? 'html' : 'text');
  const names = variablesOfKind(kind).map(({ name }) => name);
  // Filled, and with every field empty, as a user may be.
  const samples = [valuesForKind(kind, ({ sample }) => sample), valuesForKind(kind, () => '')];
  const found = findLiquidProblem(engine, source, { names, samples });
  if (found === null) return null;
  const { what, advice, place } = found;
  return { part, message: `The ${templatePartNames[part]} ${what}`, advice, place };
}

function problem(
  part: TemplatePart,
  message: string,
  place: TemplateProblem['place'] = null,
): TemplateProblem {
  return { part, message, advice: null, place };
}
