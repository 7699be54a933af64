import { type Liquid, LiquidError } from 'liquidjs';
import { messageOf } from '../errors.ts';
import { nearest } from '../nearest.ts';

/** Where in a text, both counted from 1. */
export interface LiquidPlace {
  readonly line: number;
  readonly column: number;
}

/** Why a template could not be rendered later. */
export interface LiquidProblem {
  /** As it follows what the template is called: `has an unknown variable "pine" at line 2, column 5.` */
  readonly what: string;
  /** What to do, where it is more than to correct it. */
  readonly advice: string | null;
  /** Null where it has no single place. */
  readonly place: LiquidPlace | null;
}

export interface LiquidVariables {
  /** Names, or paths such as `secret.token`. */
  readonly names: readonly string[];
  /** Values to render with. */
  readonly samples: readonly object[];
}

/**
 * Broken or unknown tags, filters and variables, also where no sample goes; loops that take too long.
 * @returns the first problem; null when there is none
 */
export function findLiquidProblem(
  engine: Liquid,
  source: string,
  { names, samples }: LiquidVariables,
): LiquidProblem | null {
  try {
    const parsed = engine.parse(source);
    const { globals } = engine.analyzeSync(parsed, { partials: false });
    for (const [root, uses] of Object.entries(globals)) {
      if (names.includes(root)) continue;
      const unknown = uses.find((use) => !names.includes(use.toString()));
      if (unknown === undefined) continue;
      const { row = 1, col = 1 } = unknown.location;
      return unknownVariable(unknown.toString(), names, { line: row, column: col });
    }
    for (const values of samples) engine.renderSync(parsed, { ...values });
    return null;
  } catch (error) {
    const { what, place } = describe(error);
    return { what: `cannot be used: ${what}${placeText(place)}.`, advice: null, place };
  }
}

function unknownVariable(name: string, names: readonly string[], place: LiquidPlace): LiquidProblem {
  const near = nearest(name, names);
  return {
    what: `has an unknown variable "${name}"${placeText(place)}.`,
    advice: near === undefined ? `There are ${names.join(', ')}.` : `Did you mean ${near}?`,
    place,
  };
}

function placeText(place: LiquidPlace | null): string {
  return place === null ? '' : ` at line ${place.line}, column ${place.column}`;
}

/** LiquidJS appends `, line:2, col:5` and, for limits, nothing but the limit. */
function describe(error: unknown): { readonly what: string; readonly place: LiquidPlace | null } {
  const [first = ''] = messageOf(error).split('\n');
  if (!LiquidError.is(error)) return { what: first, place: null };
  const [line = 1, column = 1] = error.token.getPosition();
  return { what: first.replace(/, (file:.*, )?line:\d+, col:\d+$/, ''), place: { line, column } };
}
