import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import type { Attachment, NewAttachment } from '../../core/email/attachment.ts';
import { readAttachment } from '../../core/email/read-attachment.ts';
import { MailTemplates } from '../../core/email/templates/mail-templates.ts';
import { templateName } from '../../core/email/templates/template-key.ts';
import type { HtmlPart, TemplateSource } from '../../core/email/templates/template-source.ts';
import { MfaError, messageOf } from '../../core/errors.ts';
import type { CommandContext, CommonOptions } from '../context.ts';
import { printJson, write } from '../output.ts';
import { keyOf } from './show-template.ts';

export interface EditOptions extends CommonOptions {
  subject?: string;
  textFile?: string;
  htmlFile?: string;
  /** False with --no-html. */
  html?: boolean;
  htmlFromText?: true;
  cc?: string[];
  attach?: string[];
  detach?: string[];
  ifVersion?: string;
}

export async function editTemplate(
  context: CommandContext,
  options: EditOptions,
  ...words: string[]
): Promise<undefined> {
  const key = keyOf(words);
  const expected = parseVersion(options.ifVersion);
  const templates = new MailTemplates(await context.core());
  const before = templates.load(key);
  const dryRun = options.dryRun === true;
  const files = (options.attach ?? []).map(readAttachment);
  const save = (source: TemplateSource) =>
    templates.save(key, source, { version: expected ?? before.version, files, dryRun });
  const changed = changesNothing(options)
    ? editInEditor(context, before.source.text, (text) => save({ ...before.source, text }))
    : save(await withOptions(options, before.source, files));
  if (options.json) return void (await printJson({ template: key, changed, dryRun }));
  if (changed.includes('text') && !changed.includes('html') && typeof before.source.html === 'object') {
    context.note('The HTML of this template is a text of its own; it does not follow the plain text.');
  }
  if (changed.length === 0) return void (await write('The template already says this.\n'));
  await write(`${dryRun ? 'Would change' : 'Changed'} ${templateName(key)}: ${changed.join(', ')}.\n`);
  return undefined;
}

export async function resetTemplate(
  context: CommandContext,
  options: CommonOptions,
  ...words: string[]
): Promise<undefined> {
  const key = keyOf(words);
  const dryRun = options.dryRun === true;
  const wasEdited = new MailTemplates(await context.core()).reset(key, { dryRun });
  if (options.json) return void (await printJson({ template: key, reset: wasEdited, dryRun }));
  if (!wasEdited) return void (await write('The template is the built-in one already.\n'));
  await write(`${dryRun ? 'Would reset' : 'Reset'} ${templateName(key)} to the built-in text.\n`);
  return undefined;
}

function changesNothing({ html, ...options }: EditOptions): boolean {
  const { subject, textFile, htmlFile, htmlFromText, cc, attach, detach } = options;
  const wishes = [subject, textFile, htmlFile, htmlFromText, cc, attach, detach];
  return wishes.every((one) => one === undefined) && html !== false;
}

async function withOptions(
  options: EditOptions,
  source: TemplateSource,
  files: readonly NewAttachment[],
): Promise<TemplateSource> {
  const { subject, textFile, htmlFile, cc } = options;
  const wishes = [htmlFile !== undefined, options.html === false, options.htmlFromText === true];
  if (wishes.filter(Boolean).length > 1) {
    throw new MfaError('usage.invalid', 'Use only one of --html-file, --html-from-text and --no-html.');
  }
  if (textFile === '-' && htmlFile === '-') {
    throw new MfaError('usage.invalid', 'Standard input can be the plain text or the HTML, but not both.');
  }
  return {
    subject: subject ?? source.subject,
    text: textFile === undefined ? source.text : await read(textFile),
    html: await htmlOf(options, source.html),
    cc: cc === undefined ? source.cc : cc.filter((one) => one !== 'none'),
    attachments: attachmentsWith(options, source.attachments, files),
  };
}

/** A file takes the place of one that is called like it. @throws {MfaError} `usage.invalid` */
function attachmentsWith(
  { detach = [] }: EditOptions,
  before: readonly Attachment[],
  files: readonly NewAttachment[],
): Attachment[] {
  const unknown = detach.find((name) => !before.some((one) => one.name === name));
  if (unknown !== undefined) {
    throw new MfaError('usage.invalid', `The template has no attachment "${unknown}".`, {
      advice: '"email templates show" lists them.',
    });
  }
  const added = files.map(({ attachment }) => attachment);
  const gone = [...detach, ...added.map(({ name }) => name)];
  return [...before.filter(({ name }) => !gone.includes(name)), ...added];
}

async function htmlOf(options: EditOptions, before: HtmlPart): Promise<HtmlPart> {
  if (options.html === false) return 'none';
  if (options.htmlFromText) return 'fromText';
  return options.htmlFile === undefined ? before : { source: await read(options.htmlFile) };
}

async function read(file: string): Promise<string> {
  try {
    return file === '-' ? await readAll(process.stdin) : readFileSync(file, 'utf8');
  } catch (cause) {
    throw new MfaError('usage.invalid', `The file ${file} cannot be read: ${messageOf(cause)}.`, { cause });
  }
}

/**
 * Lets the administrator change a text in the editor of their choice and saves it. What cannot be saved stays in
 * its file, so that no typing is lost.
 */
function editInEditor<Result>(context: CommandContext, text: string, save: (text: string) => Result): Result {
  if (!context.isTerminal || !context.stdin.isTTY) {
    throw new MfaError('usage.invalid', 'Say what to change, such as --text-file FILE.');
  }
  const editor = process.env.VISUAL || process.env.EDITOR;
  if (!editor) {
    throw new MfaError('usage.invalid', 'No editor is known.', {
      advice: 'Set EDITOR, or give the text with --text-file FILE.',
    });
  }
  const folder = mkdtempSync(join(tmpdir(), 'mfa-console-'));
  const file = join(folder, 'text.liquid');
  writeFileSync(file, text, { mode: 0o600 });
  // The variable may hold arguments, such as "code --wait", so a shell reads it, as other programs let it.
  const { status, error } = spawnSync(`${editor} "${file}"`, { stdio: 'inherit', shell: true });
  if (error !== undefined || status !== 0) {
    throw new MfaError('usage.invalid', `The editor "${editor}" failed.`, {
      advice: `Nothing was saved; the text is in ${file}.`,
      cause: error,
    });
  }
  try {
    const result = save(readFileSync(file, 'utf8'));
    rmSync(folder, { recursive: true, force: true });
    return result;
  } catch (cause) {
    if (!(cause instanceof MfaError)) throw cause;
    throw new MfaError(cause.code, cause.message, {
      advice: `Your text is kept in ${file}; correct it there and give it with --text-file.`,
      fields: cause.fields,
      cause,
    });
  }
}

function parseVersion(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new MfaError('usage.invalid', '--if-version takes a whole number.');
}
