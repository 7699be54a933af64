import { compareTemplates } from '../../core/email/templates/compare-templates.ts';
import { MailTemplates } from '../../core/email/templates/mail-templates.ts';
import { templatePartNames } from '../../core/email/templates/template-source.ts';
import type { DiffLine } from '../../core/line-diff.ts';
import { plainText } from '../../core/plain-text.ts';
import type { CommandContext, CommonOptions } from '../context.ts';
import { printJson, write } from '../output.ts';
import { keyOf } from './show-template.ts';

const signs: Record<DiffLine['kind'], string> = { same: '  ', removed: '- ', added: '+ ' };

export async function compareTemplate(
  context: CommandContext,
  options: CommonOptions,
  ...words: string[]
): Promise<undefined> {
  const key = keyOf(words);
  const templates = new MailTemplates(await context.core());
  const { source, version } = templates.load(key);
  const differences = compareTemplates(templates.builtIn.source(key), source, key.language);
  if (options.json) return void (await printJson({ template: key, version, differences }));
  if (differences.length === 0) return void (await write('The template says what the built-in one says.\n'));
  const parts = differences.map(({ part, lines }) => {
    const text = lines.map((line) => `${signs[line.kind]}${plainText(line.text)}`.trimEnd()).join('\n');
    return `${templatePartNames[part].replace(/^./, (letter) => letter.toUpperCase())}\n${text}\n`;
  });
  await write(parts.join('\n'));
  return undefined;
}
