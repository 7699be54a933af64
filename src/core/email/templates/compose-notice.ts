import type { Language } from '../../users/method.ts';
import type { MailContent } from '../mail-content.ts';
import type { MailTemplates } from './mail-templates.ts';
import type { NoticeValues } from './notice-variables.ts';
import { type NoticeKind, noticeKey } from './template-key.ts';
import { mailValue } from './variables.ts';
import { valuesForKind } from './variables-of-kind.ts';

/** The mail that administrators get. @throws what LiquidJS throws */
export function composeNotice<Kind extends NoticeKind>(
  templates: MailTemplates,
  kind: Kind,
  values: NoticeValues<Kind>,
  language: Language,
): MailContent {
  const { source } = templates.load(noticeKey(kind, language));
  const given: Readonly<Record<string, string>> = values;
  const scope = valuesForKind(kind, ({ name }) => mailValue(given[name]));
  return templates.renderer.render(source, scope, language);
}
