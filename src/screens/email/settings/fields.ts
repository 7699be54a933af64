import type { StoredEmail } from '../../../core/email/email-delivery.ts';
import { languageNames, languages } from '../../../core/users/method.ts';
import { trustFields } from '../../tls/trust-fields.ts';
import type { FieldSpec, FormValues } from '../../widgets/form/field.ts';

const isSmtp = ({ deliverBy }: FormValues): boolean => deliverBy === 'smtp';
const isEncrypted = (values: FormValues): boolean => isSmtp(values) && values.security !== 'none';

const securityHelp: Record<string, string> = {
  startTls: 'A server that does not offer it gets no mail.',
  implicitTls: 'TLS from the start, usually at port 465.',
  none: 'Mails, and the password, can be read on the way.',
};

/** How mail is sent. */
export function emailFields({ settings, hasPassword }: StoredEmail): readonly FieldSpec[] {
  return [
    {
      kind: 'toggle',
      id: 'sendToUsers',
      label: 'Send to users',
      help: 'no: no user gets a mail; each that was due says so in the outbox.',
    },
    {
      kind: 'choice',
      id: 'deliverBy',
      label: 'Deliver by',
      options: [
        { id: 'smtp', label: 'a mail server (SMTP)' },
        { id: 'pickup', label: 'a pickup folder' },
      ],
      help: ({ deliverBy }) =>
        deliverBy === 'smtp' ? '' : 'Each mail is written as a file, which another program sends.',
    },
    ...serverFields(hasPassword, settings.ca),
    {
      kind: 'text',
      id: 'pickupFolder',
      label: 'Pickup folder',
      isWide: true,
      placeholder: 'such as /var/spool/mfa',
      help: 'Full path of the folder for .eml files.',
      isShown: (values) => !isSmtp(values),
    },
    {
      kind: 'text',
      id: 'from',
      label: 'From',
      placeholder: 'such as mfa@corp.example',
      help: 'The address that all mail comes from.',
    },
    {
      kind: 'text',
      id: 'fromName',
      label: 'From name',
      placeholder: 'such as Contoso sign-in',
      help: 'Stands before the address.',
    },
    {
      kind: 'text',
      id: 'replyTo',
      label: 'Reply-To',
      placeholder: '(the From address)',
      help: 'Where answers go.',
    },
    {
      kind: 'text',
      id: 'administrators',
      label: 'Administrators',
      isWide: true,
      placeholder: 'such as admin@corp.example, mfa-team@corp.example',
      help: 'Are told when a synchronization waits for approval, or fails for a day.',
    },
    {
      kind: 'choice',
      id: 'administratorLanguage',
      label: 'Their language',
      options: languages.map((id) => ({ id, label: languageNames[id] })),
      help: 'Of mails to administrators.',
    },
    {
      kind: 'number',
      id: 'mailsPerMinute',
      label: 'Rate',
      unit: 'mails a minute',
      least: 1,
      most: 60_000,
      isRequired: true,
      help: 'At most; mail servers and providers limit it, too.',
    },
    {
      kind: 'number',
      id: 'giveUpAfterHours',
      label: 'Give up after',
      unit: 'hours',
      least: 1,
      most: 240,
      isRequired: true,
      help: 'For so long a mail is tried again that the server does not take.',
    },
    {
      kind: 'number',
      id: 'keepDays',
      label: 'Keep for',
      unit: 'days',
      least: 1,
      most: 3650,
      isRequired: true,
      help: 'Then the outbox forgets mails to which nothing happens any more.',
    },
  ];
}

function serverFields(hasPassword: boolean, ca: string | null): readonly FieldSpec[] {
  return [
    {
      kind: 'text',
      id: 'host',
      label: 'Mail server',
      placeholder: 'such as mail.corp.example',
      help: 'Name or address, as its certificate has it.',
      isShown: isSmtp,
    },
    {
      kind: 'choice',
      id: 'security',
      label: 'Encryption',
      options: [
        { id: 'startTls', label: 'STARTTLS, required' },
        { id: 'implicitTls', label: 'TLS from the start' },
        { id: 'none', label: 'none' },
      ],
      help: ({ security }) => securityHelp[String(security)] ?? '',
      isShown: isSmtp,
    },
    {
      kind: 'toggle',
      id: 'acceptsPlain',
      label: 'I accept',
      help: 'That everybody on the network can read the mails, PINs among them, and the password.',
      isShown: (values) => isSmtp(values) && values.security === 'none',
    },
    {
      kind: 'number',
      id: 'port',
      label: 'Port',
      least: 1,
      most: 65_535,
      placeholder: '(usual)',
      help: ({ security }) => `Empty: ${security === 'implicitTls' ? 465 : 587}.`,
      isShown: isSmtp,
    },
    ...trustFields(ca, isEncrypted),
    {
      kind: 'text',
      id: 'user',
      label: 'Account',
      placeholder: '(does not log on)',
      help: 'At the mail server.',
      isShown: isSmtp,
    },
    {
      kind: 'password',
      id: 'password',
      label: 'Password',
      placeholder: hasPassword ? '(stored; type to replace it)' : '',
      help: 'Stored sealed and never shown again. Ctrl+R shows what you type while held.',
      isShown: isSmtp,
    },
    {
      kind: 'number',
      id: 'timeoutSeconds',
      label: 'Timeout',
      unit: 'seconds',
      least: 1,
      most: 300,
      isRequired: true,
      help: 'To connect, and that the server may stay silent.',
      isShown: isSmtp,
    },
  ];
}
