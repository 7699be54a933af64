import { resolve } from 'node:path';
import { describeAuthorities, readAuthorities } from '../../core/tls/authorities.ts';
import { missingFile } from '../files/existing-file.ts';
import type { FieldSpec, FormValues } from '../widgets/form/field.ts';

/**
 * Whose certificates are trusted: fields `trust` and `caFile`. The value `pinned` holds the PEM text of what servers
 * have shown, where a form can ask for it.
 * @param ca the stored PEM text; null trusts the operating system's
 */
export function trustFields(
  ca: string | null,
  isShown: (values: FormValues) => boolean,
): readonly FieldSpec[] {
  return [
    {
      kind: 'choice',
      id: 'trust',
      label: 'Trusted CAs',
      options: ({ pinned }) => [
        { id: 'system', label: "the operating system's" },
        ...(ca === null ? [] : [{ id: 'stored', label: 'the stored certificate' }]),
        ...(pinned ? [{ id: 'pinned', label: 'the certificate that was shown' }] : []),
        { id: 'file', label: 'a file' },
      ],
      help: ({ trust, pinned }) => trustHelp(String(trust), trust === 'pinned' ? String(pinned) : ca),
      isShown,
    },
    {
      kind: 'text',
      id: 'caFile',
      label: 'CA file',
      isRequired: true,
      isWide: true,
      placeholder: 'such as /root/corp-ca.pem',
      help: 'Certificates as "Base-64 encoded X.509" (PEM). They are copied; the file is not needed later.',
      isShown: (values) => isShown(values) && values.trust === 'file',
      check: missingFile,
    },
  ];
}

/** What the fields hold for a stored PEM text. */
export function trustValues(ca: string | null): FormValues {
  return { trust: ca === null ? 'system' : 'stored', caFile: '' };
}

/**
 * The PEM text that the fields choose.
 * @param stored the one that is stored
 * @throws {MfaError} `tls.invalid` when the file is none
 */
export function authoritiesIn({ trust, caFile, pinned }: FormValues, stored: string | null): string | null {
  if (trust === 'file') return readAuthorities(resolve(String(caFile).trim()));
  if (trust === 'pinned') return String(pinned);
  return trust === 'stored' ? stored : null;
}

function trustHelp(trust: string, ca: string | null): string {
  if (trust === 'stored' || trust === 'pinned') return describeAuthorities(ca) ?? '';
  return trust === 'system' ? 'Those that Node and the operating system bring along.' : '';
}
