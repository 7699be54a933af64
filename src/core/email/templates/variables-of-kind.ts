import { noticeVariables } from './notice-variables.ts';
import { isNoticeKind, type MailKind } from './template-key.ts';
import { sampleValues, templateVariables, variableMeanings } from './variables.ts';

/** A variable of a template. */
export interface VariableFacts {
  readonly name: string;
  readonly meaning: string;
  /** What stands for it where a template is tried. */
  readonly sample: string;
}

/** What the templates of a kind may speak of. */
export function variablesOfKind(kind: MailKind): readonly VariableFacts[] {
  if (!isNoticeKind(kind)) {
    return templateVariables.map((name) => ({
      name,
      meaning: variableMeanings[name],
      sample: sampleValues[name],
    }));
  }
  return Object.entries(noticeVariables[kind]).map(([name, [meaning, sample]]) => ({
    name,
    meaning,
    sample,
  }));
}

/** A value for every variable of a kind. */
export function valuesForKind(
  kind: MailKind,
  value: (variable: VariableFacts) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(variablesOfKind(kind).map((variable) => [variable.name, value(variable)]));
}
