import { liquidEngine } from '../../liquid/liquid-engine.ts';
import type { BodyFormat, GatewaySettings } from '../gateway-settings.ts';
import { type Encoding, encoders } from './encodings.ts';
import type { RequestValues } from './request-values.ts';

export interface GatewayRequest {
  readonly method: string;
  readonly url: string;
  /** By name, in the order in which they are sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

const contentTypes: Record<BodyFormat, string> = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  xml: 'application/xml; charset=utf-8',
  text: 'text/plain; charset=utf-8',
};

/** @throws what LiquidJS throws; settings that were checked when they were saved can be filled */
export function buildRequest(settings: GatewaySettings, values: RequestValues): GatewayRequest {
  const { method, headers, format, body } = settings;
  const hasBody = method !== 'GET' && body !== '';
  const given = Object.entries(headers).map(
    ([name, value]) => [name, fill('header', value, values)] as const,
  );
  const hasContentType = given.some(([name]) => name.toLowerCase() === 'content-type');
  return {
    method,
    url: fill('url', settings.url, values),
    headers: hasBody && !hasContentType ? [['Content-Type', contentTypes[format]], ...given] : given,
    body: hasBody ? fill(format, body, values) : '',
  };
}

export function fill(encoding: Encoding, source: string, values: RequestValues): string {
  return String(liquidEngine(encoders[encoding]).parseAndRenderSync(source, { ...values }));
}

/** A part of the settings that is filled for every request. */
export interface RequestPart {
  /** As it follows "The". */
  readonly name: string;
  readonly encoding: Encoding;
  readonly source: string;
}

export function requestParts({ url, headers, format, body }: GatewaySettings): RequestPart[] {
  return [
    { name: 'address', encoding: 'url', source: url },
    ...Object.entries(headers).map(
      ([name, source]): RequestPart => ({ name: `header ${name}`, encoding: 'header', source }),
    ),
    { name: 'body', encoding: format, source: body },
  ];
}

/** The names that a gateway's secrets have in its settings; a part that cannot be read names none. */
export function secretNames(settings: GatewaySettings): string[] {
  return namesOf('secret', settings);
}

/** The names of the values that are put in, given or not; a part that cannot be read names none. */
export function valueNames(settings: GatewaySettings): string[] {
  return namesOf('value', settings);
}

function namesOf(group: 'secret' | 'value', settings: GatewaySettings): string[] {
  const names = requestParts(settings).flatMap(({ source }) => namesIn(source, group));
  return [...new Set(names)].toSorted();
}

function namesIn(source: string, group: 'secret' | 'value'): string[] {
  try {
    const engine = liquidEngine(null);
    const { globals } = engine.analyzeSync(engine.parse(source), { partials: false });
    return (globals[group] ?? []).flatMap(({ segments }) => {
      const [, name] = segments;
      return typeof name === 'string' && /^[a-z]\w*$/.test(name) ? [name] : [];
    });
  } catch {
    return [];
  }
}
