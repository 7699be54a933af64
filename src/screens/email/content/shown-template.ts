import type { Clock } from '../../../core/clock.ts';
import { findTemplateProblems } from '../../../core/email/templates/check-template.ts';
import type { ComposeServices } from '../../../core/email/templates/compose-mail.ts';
import type { MailTemplate } from '../../../core/email/templates/mail-templates.ts';
import { type TemplateKey, templateName } from '../../../core/email/templates/template-key.ts';
import type { User } from '../../../core/users/user.ts';
import { momentText } from '../../text/moment-text.ts';
import type { Span } from '../../widgets/line/spans.ts';
import type { BodyView } from '../mail-body/mail-body.ts';
import { makePreview, type Preview, previewLines } from './preview.ts';

/** The stored template that is looked at, as a mail. It is read when another one is looked at, or when it was forgotten. */
export interface ShownTemplate {
  lines(key: TemplateKey, user: User | null, view: BodyView, width: number): readonly (readonly Span[])[];
  /** Reads it anew the next time. */
  forget(): void;
}

export function createShownTemplate(services: ComposeServices, clock: Clock): ShownTemplate {
  let last: { readonly id: string; readonly preview: Preview; readonly about: string } | null = null;

  function read(key: TemplateKey, user: User | null) {
    const template = services.templates.load(key);
    const { source } = template;
    const preview = makePreview(services, { key, source, user }, findTemplateProblems(source, key.kind));
    return { id: templateName(key), preview, about: editedText(template, clock()) };
  }

  return {
    lines(key, user, view, width) {
      if (last?.id !== templateName(key)) last = read(key, user);
      const { about, preview } = last;
      const lines = previewLines(preview, view, width);
      return about === '' ? lines : [[{ text: about, token: 'dim' }], ...lines];
    },
    forget() {
      last = null;
    },
  };
}

/** By whom a template was edited, and when; empty for the built-in one. */
function editedText({ updatedAt, updatedBy }: MailTemplate, now: Date): string {
  return updatedAt === null ? '' : `Edited by ${updatedBy}, ${momentText(updatedAt, now)}`;
}
