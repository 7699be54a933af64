import { type GatewayKind, gatewayNames } from '../../../core/gateways/gateway-settings.ts';
import { gatewayPresets } from '../../../core/gateways/presets/choose-preset.ts';
import { languageNames, languages } from '../../../core/users/method.ts';
import type { FormValues } from '../../widgets/form/field.ts';
import type { FormDialogOptions } from '../../widgets/form-dialog/form-dialog.ts';

/** Which common gateway (`preset`). */
export function presetForm(kind: GatewayKind): FormDialogOptions {
  const options = Object.entries(gatewayPresets[kind]).map(([id, { title }]) => ({ id, label: title }));
  return {
    title: 'Preset',
    text: 'Address, headers and body are filled in; then the values and secrets of your account. Nothing is saved yet.',
    fields: [{ kind: 'choice', id: 'preset', label: 'Gateway', options, help: 'Left and Right choose.' }],
    values: { preset: options[0]?.id ?? '' },
    label: 'Fill in',
  };
}

/** What the first test says. */
export const firstTest: FormValues = {
  phone: '',
  text: 'This is a test of MFA Console. It arrived.',
  language: 'en',
};

/** Whom a test goes to (`phone`), and what it says (`text`, `language`). */
export function testForm(kind: GatewayKind, last: FormValues): FormDialogOptions {
  return {
    title: 'Send a test',
    text: `One ${gatewayNames[kind]} is sent with what stands in the form, saved or not. It may cost money.`,
    fields: [
      { kind: 'phone', id: 'phone', label: 'To', isRequired: true, placeholder: 'such as +14255550123' },
      { kind: 'text', id: 'text', label: 'Text', isRequired: true },
      {
        kind: 'choice',
        id: 'language',
        label: 'Language',
        options: languages.map((id) => ({ id, label: languageNames[id] })),
      },
    ],
    values: last,
    label: 'Send',
  };
}
