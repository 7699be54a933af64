import { type DiffLine, lineDiff } from '../../line-diff.ts';
import type { Language } from '../../users/method.ts';
import {
  differentParts,
  htmlSourceOf,
  type TemplatePart,
  type TemplateSource,
  templateParts,
} from './template-source.ts';

/** How a part of a template differs from that of another one. */
export interface PartDifference {
  readonly part: TemplatePart;
  readonly lines: readonly DiffLine[];
}

/**
 * The parts in which two templates differ, line by line. HTML that is made from the plain text on both sides differs
 * by that alone and is left out.
 */
export function compareTemplates(
  before: TemplateSource,
  after: TemplateSource,
  language: Language,
): PartDifference[] {
  const different = differentParts(before, after);
  return templateParts
    .filter((part) => different.includes(part))
    .map((part) => {
      const [old, now] = [before, after].map((source) => textOf(source, part, language));
      return { part, lines: lineDiff(old ?? '', now ?? '') };
    });
}

function textOf(source: TemplateSource, part: TemplatePart, language: Language): string {
  if (part === 'cc') return source.cc.join('\n');
  return part === 'html' ? (htmlSourceOf(source, language) ?? '') : source[part];
}
