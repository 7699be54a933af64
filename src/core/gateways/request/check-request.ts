import { isDeepStrictEqual } from 'node:util';
import { MfaError } from '../../errors.ts';
import { findLiquidProblem } from '../../liquid/find-liquid-problem.ts';
import { liquidEngine, maximumTemplateLength } from '../../liquid/liquid-engine.ts';
import type { GatewayProblem } from '../gateway-problems.ts';
import type { GatewayKind, GatewaySettings } from '../gateway-settings.ts';
import { buildRequest, type GatewayRequest, requestParts, secretNames } from './build-request.ts';
import { encoders } from './encodings.ts';
import { type RequestValues, requestValues, requestVariables, sampleMessages } from './request-values.ts';

/**
 * What is wrong with address, headers and body: what could not be filled later, what leads elsewhere by what is put
 * in, and places where a text would change the form of the body.
 */
export function requestProblems(kind: GatewayKind, settings: GatewaySettings): readonly GatewayProblem[] {
  if (settings.url === '') return [];
  const samples = sampleValues(kind, settings);
  const names = [
    ...Object.keys(requestVariables[kind]),
    ...Object.keys(settings.values).map((name) => `value.${name}`),
    ...secretNames(settings).map((name) => `secret.${name}`),
  ];
  const unfillable = requestParts(settings).flatMap(({ name, encoding, source }): GatewayProblem[] => {
    const setting = name === 'address' ? 'url' : name === 'body' ? 'body' : 'headers';
    if (source.length > maximumTemplateLength) {
      return [problem(setting, `The ${name} has more than ${maximumTemplateLength} characters.`)];
    }
    const found = findLiquidProblem(liquidEngine(encoders[encoding]), source, { names, samples });
    if (found === null) return [];
    const line = setting === 'body' ? found.place?.line : undefined;
    return [{ ...problem(setting, `The ${name} ${found.what}`, found.advice), ...(line && { line }) }];
  });
  if (unfillable.length > 0) return unfillable;
  const [plain, hostile] = samples.map((values) => buildRequest(settings, values));
  if (plain === undefined || hostile === undefined) return [];
  return [addressProblem(plain, hostile), bodyProblem(settings, plain, hostile)].filter(
    (one) => one !== null,
  );
}

/** Values whose texts differ; where one stands in the address or changes the form of the body, both do. */
function sampleValues(kind: GatewayKind, settings: GatewaySettings): RequestValues[] {
  const secret = Object.fromEntries(secretNames(settings).map((name) => [name, 'sample']));
  return sampleMessages(kind).map((message) => requestValues(message, { secret, value: settings.values }));
}

function addressProblem(plain: GatewayRequest, hostile: GatewayRequest): GatewayProblem | null {
  try {
    if (new URL(plain.url).origin === new URL(hostile.url).origin) return null;
    return problem('url', 'The message would decide to which server the request goes.');
  } catch {
    return problem('url', `"${plain.url}" is not an address.`);
  }
}

function bodyProblem(
  { format }: GatewaySettings,
  plain: GatewayRequest,
  hostile: GatewayRequest,
): GatewayProblem | null {
  if (plain.body === '') return null;
  if (format === 'json') {
    const [first, second] = [jsonShape(plain.body), jsonShape(hostile.body)];
    if (first === null)
      return problem(
        'body',
        'The body is not JSON when it is filled.',
        'Put variables between quotes: "<$text$>".',
      );
    if (!isDeepStrictEqual(first, second)) return brokenOut('Put variables between quotes: "<$text$>".');
  }
  if (format === 'form' && !isDeepStrictEqual(formNames(plain.body), formNames(hostile.body))) {
    return brokenOut('Write names yourself, and variables after =.');
  }
  return null;
}

function brokenOut(advice: string): GatewayProblem {
  return problem('body', 'The text of a message could change the form of the body.', advice);
}

/** The form of a JSON text without its strings; null when it is none. */
function jsonShape(text: string): unknown {
  try {
    return JSON.parse(text, (_, value: unknown) => (typeof value === 'string' ? '' : value));
  } catch {
    return null;
  }
}

function formNames(body: string): string[] {
  return [...new URLSearchParams(body).keys()];
}

function problem(
  setting: GatewayProblem['setting'],
  message: string,
  advice: string | null = null,
): GatewayProblem {
  return {
    setting,
    error: new MfaError('gateway.invalid', message, {
      advice: advice ?? 'Nothing was saved; correct it and save again.',
    }),
  };
}
