import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { type Language, methods, modesOf } from '../../users/method.ts';
import { noticeVariables } from './notice-variables.ts';
import { mailKinds } from './template-key.ts';
import { templateVariables } from './variables.ts';

const variable = z.enum([...templateVariables, ...Object.values(noticeVariables).flatMap(Object.keys)]);

const paragraph = z.strictObject({
  part: z.string(),
  when: variable.optional(),
  unless: variable.optional(),
  methods: z.array(z.enum(methods)).optional(),
  /** Only for modes with a PIN. */
  pin: z.literal(true).optional(),
});

const compositionSchema = z.strictObject({
  subjects: z.record(z.enum(mailKinds), z.string()),
  kinds: z.record(z.enum(mailKinds), z.array(z.union([z.literal('steps'), paragraph]))),
  steps: z.record(
    z.enum(methods),
    z.partialRecord(z.enum(Object.values(modesOf).flat()), z.array(z.string())),
  ),
});

const sentencesSchema = z.strictObject({
  methods: z.record(z.enum(methods), z.string().min(1)),
  parts: z.record(z.string(), z.string().min(1)),
});

export type Paragraph = z.infer<typeof paragraph>;
export type Composition = z.infer<typeof compositionSchema>;
/** One language: how the methods are called, and the sentences by their names. */
export type Sentences = z.infer<typeof sentencesSchema>;

// The built program has the folder beside its files.
const folder = new URL(
  import.meta.url.endsWith('.ts') ? '../../../../templates/email/' : 'templates/email/',
  import.meta.url,
);

/** How the built-in mails are put together; `templates/email/composition.yaml`. */
export function readComposition(): Composition {
  return compositionSchema.parse(parse(readFileSync(new URL('composition.yaml', folder), 'utf8')));
}

export function readSentences(language: Language): Sentences {
  return sentencesSchema.parse(parse(readFileSync(new URL(`${language}.yaml`, folder), 'utf8')));
}

/** The names of all sentences that a composition asks for. */
export function partNames({ subjects, kinds, steps }: Composition): Set<string> {
  return new Set([
    ...Object.values(subjects),
    ...Object.values(kinds).flatMap((blocks) =>
      blocks.flatMap((block) => (block === 'steps' ? [] : [block.part])),
    ),
    ...Object.values(steps).flatMap((modes) => Object.values(modes).flat()),
  ]);
}
