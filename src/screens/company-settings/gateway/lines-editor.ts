import type { GatewayKind } from '../../../core/gateways/gateway-settings.ts';
import { valueNames } from '../../../core/gateways/request/build-request.ts';
import { requestProblems } from '../../../core/gateways/request/check-request.ts';
import { requestVariables } from '../../../core/gateways/request/request-values.ts';
import { maximumTemplateLength } from '../../../core/liquid/liquid-engine.ts';
import type { TextEditorOptions } from '../../text-editor/screen.tsx';
import type { TextProblem } from '../../text-editor/text-problem.ts';
import type { FormValues } from '../../widgets/form/field.ts';
import { parseHeaders } from './headers.ts';
import { type StoredGateway, settingsOf } from './values.ts';

export interface LinesSubject {
  readonly kind: GatewayKind;
  readonly field: 'headers' | 'body';
  /** What is in the form. */
  readonly values: FormValues;
  readonly stored: StoredGateway;
}

/** Stands for an address that is not typed yet. */
const unknownUrl = 'https://gateway.invalid/';

/** How headers and body are edited: with what may stand in them, and what is wrong. @param save puts them into the form */
export function linesEditor(
  { kind, field, values, stored }: LinesSubject,
  save: (text: string) => void,
): TextEditorOptions {
  function check(text: string): TextProblem | null {
    const headers = field === 'headers' ? parseHeaders(text).problem : null;
    if (headers !== null) return headers;
    const settings = settingsOf({ ...values, [field]: text, trust: 'system' }, stored.settings);
    // Values are asked for in the form, once they are named here.
    const named = valueNames(settings).map((name) => [name, settings.values[name] ?? 'sample']);
    const complete = { ...settings, url: settings.url || unknownUrl, values: Object.fromEntries(named) };
    const problem = requestProblems(kind, complete).find(({ setting }) => setting === field);
    return problem === undefined ? null : { message: problem.error.message, line: problem.line ?? null };
  }
  return {
    title: field === 'body' ? 'Body' : 'Headers',
    text: String(values[field] ?? ''),
    longest: maximumTemplateLength,
    check,
    below: () => [
      ...Object.entries(requestVariables[kind]).map(([name, what]) => `<$${name}$>  ${what}`),
      '<$value.NAME$>  a value that the form then asks for; <$secret.NAME$> a secret',
    ],
    save(text) {
      save(text.trim());
      return true;
    },
  };
}
