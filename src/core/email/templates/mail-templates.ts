import type { AuditLog } from '../../audit/audit-log.ts';
import { type Clock, timestamp } from '../../clock.ts';
import { MfaError } from '../../errors.ts';
import type { Store } from '../../store/store.ts';
import type { TemplateOverrideRow } from '../../store/tables.ts';
import { utcMoment } from '../../utc-time.ts';
import type { Attachment, NewAttachment } from '../attachment.ts';
import { MailFiles } from '../mail-files.ts';
import { BuiltInTemplates } from './built-in-templates.ts';
import { checkTemplate } from './check-template.ts';
import { TemplateRenderer } from './render-template.ts';
import { type TemplateKey, templateName } from './template-key.ts';
import {
  differentParts,
  type TemplatePart,
  type TemplateSource,
  templateSourceSchema,
} from './template-source.ts';

export interface MailTemplatesContext {
  store: Store;
  audit: AuditLog;
  clock: Clock;
  actor: string;
}

/** A template as mails are made from it. */
export interface MailTemplate {
  source: TemplateSource;
  /** 0 for the built-in one; grows with every edit. */
  version: number;
  /** Null for the built-in one. */
  updatedAt: string | null;
  updatedBy: string | null;
}

export interface SaveOptions {
  /** The version that was edited; left out: whatever is there is replaced. */
  version?: number;
  /** The files that are attached anew; those of other attachments are there already. */
  files?: readonly NewAttachment[];
  /** Checks everything and writes nothing. */
  dryRun?: boolean;
}

/** The mail templates: the built-in ones, and what administrators wrote in their place. */
export class MailTemplates {
  readonly builtIn = new BuiltInTemplates();
  readonly renderer = new TemplateRenderer();
  readonly #context: MailTemplatesContext;

  constructor(context: MailTemplatesContext) {
    this.#context = context;
  }

  load(key: TemplateKey): MailTemplate {
    const row = this.#row(key);
    if (row === undefined) {
      return { source: this.builtIn.source(key), version: 0, updatedAt: null, updatedBy: null };
    }
    return {
      source: templateSourceSchema.parse(JSON.parse(row.source)),
      version: row.version,
      updatedAt: row.updated_at,
      updatedBy: row.updated_by,
    };
  }

  /** The edited templates by their names. */
  edited(): Map<string, { updatedAt: string; updatedBy: string }> {
    const rows = this.#context.store
      .prepare<TemplateOverrideRow>('SELECT * FROM template_overrides ORDER BY name')
      .all();
    return new Map(
      rows.map((row) => [row.name, { updatedAt: row.updated_at, updatedBy: row.updated_by }] as const),
    );
  }

  /**
   * Puts a text in the place of the one that counts. The audit log tells which parts changed.
   * @returns the parts that changed; none when it was the same
   * @throws {MfaError} `template.invalid`, `template.changed`
   */
  save(key: TemplateKey, source: TemplateSource, options: SaveOptions = {}): readonly TemplatePart[] {
    checkTemplate(source, key.kind);
    const { store, audit, clock, actor } = this.#context;
    return store.transaction(() => {
      const before = this.load(key);
      requireVersion(before, options.version);
      const changed = differentParts(before.source, source);
      const files = new MailFiles(store);
      requireFiles(files, source, options.files ?? []);
      if (options.dryRun || changed.length === 0) return changed;
      for (const file of options.files ?? []) files.add(file);
      store
        .prepare('INSERT OR REPLACE INTO template_overrides VALUES (?, ?, ?, ?, ?)')
        .run(templateName(key), JSON.stringify(source), before.version + 1, timestamp(clock()), actor);
      if (changed.includes('attachments')) files.removeUnused();
      audit.append({ action: 'template.changed', target: templateName(key), details: { parts: changed } });
      return changed;
    });
  }

  /**
   * Takes the built-in text again.
   * @returns false when it was there already
   * @throws {MfaError} `template.changed`
   */
  reset(key: TemplateKey, options: SaveOptions = {}): boolean {
    const { store, audit } = this.#context;
    return store.transaction(() => {
      const before = this.load(key);
      requireVersion(before, options.version);
      if (before.version === 0) return false;
      if (options.dryRun) return true;
      store.prepare('DELETE FROM template_overrides WHERE name = ?').run(templateName(key));
      if (before.source.attachments.length > 0) new MailFiles(store).removeUnused();
      audit.append({ action: 'template.reset', target: templateName(key) });
      return true;
    });
  }

  #row(key: TemplateKey): TemplateOverrideRow | undefined {
    return this.#context.store
      .prepare<TemplateOverrideRow>('SELECT * FROM template_overrides WHERE name = ?')
      .get(templateName(key));
  }
}

/** Nothing is saved that would be missing when a mail is sent. */
function requireFiles(
  files: MailFiles,
  { attachments }: TemplateSource,
  added: readonly NewAttachment[],
): void {
  const isAdded = ({ sha256 }: Attachment) => added.some(({ attachment }) => attachment.sha256 === sha256);
  const missing = attachments.find((attachment) => !isAdded(attachment) && !files.has(attachment));
  if (missing === undefined) return;
  throw new MfaError('template.invalid', `The file of the attachment ${missing.name} is missing.`, {
    advice: 'Attach it again.',
    fields: { attachments: `has no file for ${missing.name}` },
  });
}

function requireVersion(current: MailTemplate, version: number | undefined): void {
  if (version === undefined || version === current.version) return;
  const what =
    current.updatedBy === null
      ? 'was reset to the built-in text'
      : `was changed by ${current.updatedBy} at ${utcMoment(current.updatedAt ?? '')}`;
  throw new MfaError('template.changed', `The template ${what} in the meantime.`, {
    advice: 'Look at it again, and make your change once more.',
  });
}
