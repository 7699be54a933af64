import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { languages, modesOf } from '../users/method.ts';
import type { WordingKey } from './wording-key.ts';

const byLanguage = z.record(z.enum(languages), z.string().min(1));
const builtInSchema = z.strictObject({
  textMessage: z.record(z.enum(modesOf.textMessage), byLanguage),
  oathToken: z.record(z.enum(modesOf.oathToken), byLanguage),
});

// The built program has the folder beside its files.
const file = new URL(
  import.meta.url.endsWith('.ts') ? '../../../templates/wordings.yaml' : 'templates/wordings.yaml',
  import.meta.url,
);

let builtIn: z.infer<typeof builtInSchema> | undefined;

/** The wording that the product brings along. The file is read when first needed, and once. */
export function builtInWording({ method, mode, language }: WordingKey): string {
  builtIn ??= builtInSchema.parse(parse(readFileSync(file, 'utf8')));
  const modes: Readonly<Record<string, Readonly<Record<string, string>>>> = builtIn[method];
  return modes[mode]?.[language] ?? '';
}
