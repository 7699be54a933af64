import { usesPin } from '../../users/method.ts';
import type { User } from '../../users/user.ts';
import type { MailContent } from '../mail-content.ts';
import { type ComposeServices, valuesOf } from './compose-mail.ts';
import { isNoticeKey, type TemplateKey } from './template-key.ts';
import type { TemplateSource } from './template-source.ts';
import { mailValue, sampleValues } from './variables.ts';
import { valuesForKind } from './variables-of-kind.ts';

export interface PreviewRequest {
  readonly key: TemplateKey;
  /** Saved or not. */
  readonly source: TemplateSource;
  /** Null: an invented person. Without a meaning for mails to administrators. */
  readonly user: User | null;
}

/**
 * The mail that a template would make, whatever method the user has; a PIN in it is a sample.
 * @throws what LiquidJS throws for a template with problems
 */
export function previewTemplate(services: ComposeServices, request: PreviewRequest): MailContent {
  const { key, source, user } = request;
  const { templates } = services;
  const company = services.companySettings.load();
  if (isNoticeKey(key)) {
    const samples = valuesForKind(key.kind, ({ sample }) => sample);
    return templates.renderer.render(source, samples, key.language);
  }
  const method = templates.builtIn.methodName(key.method, key.language);
  const pin = usesPin(key.mode) ? sampleValues.pin : null;
  if (user !== null) {
    const values = valuesOf({ user, kind: key.kind, pin }, company, method);
    return templates.renderer.render(source, values, key.language);
  }
  const invented = {
    ...sampleValues,
    method,
    pin: mailValue(pin),
    // What the mail is about is missing.
    ...(key.kind === 'userEnrollment' && { phone: '', backup_phone: '' }),
    company_name: mailValue(company.companyName),
    portal_url: mailValue(company.portalUrl),
    application_name: '',
  };
  return templates.renderer.render(source, invented, key.language);
}

/** How the invented person is called. */
export const inventedName = `${sampleValues.first_name} ${sampleValues.last_name}`;
