import { MfaError } from '../errors.ts';
import { findLiquidProblem } from '../liquid/find-liquid-problem.ts';
import { liquidEngine } from '../liquid/liquid-engine.ts';
import { oneLine } from '../plain-text.ts';
import type { WordingKey, WordingMethod } from './wording-key.ts';

/** Characters of a wording; ten parts of a text message, which is more than anybody reads. */
const longestWording = 1000;

export interface WordingValues {
  /** The application that somebody signs in to; empty when it is not known. */
  readonly application_name: string;
  /** The code; a prompt for the code of a token has none. */
  readonly otp: string;
}

/** What a wording may speak of. */
export const wordingVariables: Record<WordingMethod, readonly (keyof WordingValues)[]> = {
  textMessage: ['application_name', 'otp'],
  oathToken: ['application_name'],
};

export const sampleWordingValues: WordingValues = { application_name: 'VPN', otp: '482916' };

/** @throws what LiquidJS throws; a wording that was checked when it was saved renders */
export function renderWording(text: string, { application_name, otp }: WordingValues): string {
  const values = { application_name: oneLine(application_name), otp };
  return String(liquidEngine(null).parseAndRenderSync(text, values)).trim();
}

/**
 * Refuses what could not be sent: what cannot be rendered, an unknown variable, a text message without its code.
 * @throws {MfaError} `wording.invalid`
 */
export function checkWording({ method }: WordingKey, text: string): void {
  if (text.trim() === '') throw invalid('is empty.');
  if (text.length > longestWording) throw invalid(`has more than ${longestWording} characters.`);
  const nameless = { ...sampleWordingValues, application_name: '' };
  const found = findLiquidProblem(liquidEngine(null), text, {
    names: wordingVariables[method],
    samples: [sampleWordingValues, nameless],
  });
  if (found !== null) throw invalid(found.what, found.advice);
  if (method !== 'textMessage') return;
  const withoutCode = [sampleWordingValues, nameless].some(
    (values) => !renderWording(text, values).includes(values.otp),
  );
  if (withoutCode) throw invalid('does not have the code.', 'Write <$otp$> where it belongs.');
}

function invalid(what: string, advice: string | null = null): MfaError {
  return new MfaError('wording.invalid', `The wording ${what}`, {
    advice: advice ?? 'Nothing was saved; correct it and save again.',
    fields: { text: what.replace(/\.$/, '') },
  });
}
