import { mailStateNames, mailStates } from '../../../core/email/outbox/outbox-mail.ts';
import { mailKindNames, mailKinds } from '../../../core/email/templates/template-key.ts';
import type { FormValues } from '../../widgets/form/field.ts';
import type { FormDialogOptions } from '../../widgets/form-dialog/form-dialog.ts';

const any = { id: '', label: 'any' };

/** States that are looked for together. */
const together = [{ id: 'failed state:inDoubt state:notSent', label: 'failed, in doubt or not sent' }];

/** Lets a filter be put together without knowing how it is written. */
export const mailFilterForm: FormDialogOptions = {
  title: 'Filter the mails',
  text: 'What is left empty does not matter. The filter can be changed as text with / afterwards.',
  fields: [
    {
      kind: 'choice',
      id: 'state',
      label: 'State',
      options: [any, ...together, ...mailStates.map((id) => ({ id, label: mailStateNames[id] }))],
    },
    {
      kind: 'choice',
      id: 'kind',
      label: 'Kind',
      options: [any, ...mailKinds.map((id) => ({ id, label: mailKindNames[id] }))],
    },
    { kind: 'text', id: 'user', label: 'User', placeholder: 'such as jdoe', help: 'The whole username.' },
    { kind: 'text', id: 'text', label: 'Text', help: 'Words of address, subject and reason.' },
  ],
  values: { state: '', kind: '', user: '', text: '' },
  label: 'Filter',
  isLookup: true,
};

/** The text of what was filled in. */
export function mailFilterText({ state, kind, user, text }: FormValues): string {
  const facet = (name: string, value: unknown) => {
    const filled = String(value ?? '').trim();
    return filled === '' ? [] : [`${name}:${/\s/.test(filled) && name === 'user' ? `"${filled}"` : filled}`];
  };
  const words = String(text ?? '').trim();
  return [
    ...facet('state', state),
    ...facet('kind', kind),
    ...facet('user', user),
    ...(words === '' ? [] : [words]),
  ].join(' ');
}
