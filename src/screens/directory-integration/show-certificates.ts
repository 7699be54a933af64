import type { ServerCertificate } from '../../core/directory/directory-connection.ts';
import type { DirectorySettings } from '../../core/directory/directory-settings.ts';
import type { ScreenContext } from '../shell/screen.ts';
import { waitFor } from '../shell/wait-for.ts';
import { cancelled, type QuestionDialog } from '../widgets/dialog/state.ts';
import { serversOf } from './doctor/subject.ts';

/**
 * Shows what each server shows, one after the other, and asks whether it is to be trusted.
 * @returns the PEM text of all of them; null when one of them is not, or cannot be seen
 */
export async function askToTrust(
  context: ScreenContext,
  settings: DirectorySettings,
): Promise<string | null> {
  const text = `Looking at the certificates of ${serversOf(settings)}.`;
  const shown = await waitFor(context, 'Certificates', text, (signal) =>
    context.core.directoryConnection.certificates(settings, signal),
  );
  if (shown === undefined) return null;
  const fingerprints: string[] = [];
  for (const one of shown) {
    if (one.certificate === undefined) {
      await context.reportError(`${one.url} shows no certificate`, one.error);
      return null;
    }
    if ((await context.overlays.ask(trustQuestion(one.url, one.certificate))) !== 'trust') return null;
    fingerprints.push(one.certificate.fingerprint);
  }
  return context.core.directoryConnection.pin(shown, fingerprints);
}

function trustQuestion(
  url: string,
  certificate: NonNullable<ServerCertificate['certificate']>,
): QuestionDialog {
  const buttons = [
    { id: cancelled, label: 'Cancel' },
    { id: 'trust', label: 'Trust it' },
  ];
  const text = [
    `${url} shows:`,
    `Subject  ${certificate.subject}`,
    `Names    ${certificate.names}`,
    `Issuer   ${certificate.issuer}`,
    `Valid    ${day(certificate.validFrom)} to ${day(certificate.validTo)}`,
    `SHA-256  ${certificate.fingerprint}`,
    'Compare the fingerprint with the one on the server itself.',
  ].join('\n');
  return { kind: 'question', title: 'Trust this certificate?', text, buttons, focused: 0, escape: cancelled };
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
