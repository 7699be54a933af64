import type { Core } from '../../core/core.ts';
import { attachmentText } from '../../core/email/attachment.ts';
import type { MailContent } from '../../core/email/mail-content.ts';
import { composeMail } from '../../core/email/templates/compose-mail.ts';
import { MailTemplates } from '../../core/email/templates/mail-templates.ts';
import { previewTemplate } from '../../core/email/templates/preview-template.ts';
import {
  administrators,
  allTemplateKeys,
  mailKindNames,
  parseMailKind,
  parseTemplateKey,
  type TemplateKey,
  templateName,
} from '../../core/email/templates/template-key.ts';
import {
  type HtmlPart,
  htmlSourceOf,
  type TemplateSource,
} from '../../core/email/templates/template-source.ts';
import { sampleValues } from '../../core/email/templates/variables.ts';
import { MfaError } from '../../core/errors.ts';
import { usesPin } from '../../core/users/method.ts';
import type { CommandContext, CommonOptions } from '../context.ts';
import { printFacts, printJson, printTable, write } from '../output.ts';

export interface ListOptions extends CommonOptions {
  edited?: boolean;
}

export interface ShowOptions extends CommonOptions {
  builtIn?: boolean;
  part?: string;
}

export interface PreviewOptions extends CommonOptions {
  user?: string;
  template?: string;
  kind: string;
  application?: string;
  html?: true;
}

export async function listTemplates(context: CommandContext, options: ListOptions): Promise<undefined> {
  const edited = new MailTemplates(await context.core()).edited();
  const rows = allTemplateKeys()
    .map((key) => ({ ...key, edit: edited.get(templateName(key)) ?? null }))
    .filter(({ edit }) => !options.edited || edit !== null);
  if (options.json) {
    const templates = rows.map(({ edit, ...key }) => ({
      ...key,
      updatedAt: edit?.updatedAt ?? null,
      updatedBy: edit?.updatedBy ?? null,
    }));
    return void (await printJson({ templates }));
  }
  if (rows.length === 0) return void (await write('All templates are built in.\n'));
  await printTable(rows, [
    { title: 'Method', value: ({ method }) => method ?? administrators },
    { title: 'Mode', value: ({ mode }) => mode },
    { title: 'Kind', value: ({ kind }) => kind },
    { title: 'Lang', value: ({ language }) => language },
    { title: 'Edited by', value: ({ edit }) => edit?.updatedBy ?? null },
  ]);
  return undefined;
}

export async function showTemplate(
  context: CommandContext,
  options: ShowOptions,
  ...words: string[]
): Promise<undefined> {
  const key = keyOf(words);
  const templates = new MailTemplates(await context.core());
  const current = templates.load(key);
  const template = options.builtIn
    ? { source: templates.builtIn.source(key), version: 0, updatedAt: null, updatedBy: null }
    : current;
  const { source, version, updatedAt, updatedBy } = template;
  if (options.part !== undefined) return void (await write(`${partOf(source, options.part, key)}`));
  if (options.json)
    return void (await printJson({ template: { ...key, ...source, version, updatedAt, updatedBy } }));
  await printFacts([
    ['Template', `${templateName(key)} (${mailKindNames[key.kind]})`],
    ['Edited', updatedBy === null ? 'no, built in' : `by ${updatedBy} at ${updatedAt}`],
    ['Subject', source.subject],
    ['Cc', source.cc.join(', ') || null],
    ['HTML', htmlText(source.html)],
    ['Attachments', source.attachments.map(attachmentText).join(', ') || null],
  ]);
  await write(`\n${source.text.trim()}\n`);
  return undefined;
}

export async function previewMail(context: CommandContext, options: PreviewOptions): Promise<undefined> {
  const core = await context.core();
  const mail = makePreview(core, options);
  if (options.json) return void (await printJson({ mail }));
  if (options.html) return void (await write(mail.html ?? ''));
  await printFacts([
    ['Subject', mail.subject],
    ['Cc', mail.cc.join(', ') || null],
    ['Attachments', mail.attachments?.map(attachmentText).join(', ') || null],
  ]);
  await write(`\n${mail.text}`);
  return undefined;
}

/** A mail from one template, or from the one that a user would get. */
function makePreview(core: Core, options: PreviewOptions): MailContent {
  const kind = parseMailKind(options.kind);
  const user = options.user === undefined ? null : core.users.find(options.user);
  const services = { templates: new MailTemplates(core), companySettings: core.companySettings };
  if (options.template !== undefined) {
    const key = keyOf([options.template]);
    return previewTemplate(services, { key, source: services.templates.load(key).source, user });
  }
  if (user === null) throw new MfaError('usage.invalid', 'Say what to show: --user, --template, or both.');
  const mode = user.mode ?? core.companySettings.load().defaultMode;
  const pin = mode !== null && usesPin(mode) ? sampleValues.pin : null;
  return composeMail(services, { user, kind, pin, applicationName: options.application });
}

/** @param words of a name, or the name as one word @throws {MfaError} `template.unknown` */
export function keyOf(words: readonly string[]): TemplateKey {
  return parseTemplateKey(words.flatMap((word) => word.split('/')));
}

function htmlText(html: HtmlPart): string {
  if (html === 'none') return 'none';
  return html === 'fromText' ? 'made from the plain text' : 'its own; see --part html';
}

function partOf(source: TemplateSource, part: string, { language }: TemplateKey): string {
  if (part === 'subject') return `${source.subject}\n`;
  if (part === 'text') return source.text;
  if (part === 'html') return htmlSourceOf(source, language) ?? '';
  throw new MfaError('usage.invalid', `A template has no part "${part}".`, {
    advice: 'Use subject, text or html.',
  });
}
