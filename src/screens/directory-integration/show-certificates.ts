import type { ServerCertificate } from '../../core/directory/directory-connection.ts';
import type { DirectorySettings } from '../../core/directory/directory-settings.ts';
import type { MfaError } from '../../core/errors.ts';
import { joinAuthorities } from '../../core/tls/authorities.ts';
import type { ScreenContext } from '../shell/screen.ts';
import { waitFor } from '../shell/wait-for.ts';
import { cancelled, type QuestionDialog } from '../widgets/dialog/state.ts';
import type { Form } from '../widgets/form/form.ts';
import { serversOf } from './doctor/subject.ts';

/** Asks whether what the servers show is to be trusted, and fills it into their form. */
export async function trustShown(
  context: ScreenContext,
  form: Form,
  settings: DirectorySettings,
): Promise<void> {
  const pinned = await askToTrust(context, settings);
  if (pinned === null) return;
  form.dispatch({ type: 'fill', values: { trust: 'pinned', pinned } });
  context.status.say('It will be trusted when the connection is saved.', 'ok');
}

/**
 * Shows what each server shows, one after the other, and asks whether it is to be trusted.
 * @returns the PEM text of all of them, and of what is trusted already where a server is not seen; null when one of
 *   them is not to be trusted, or none is seen
 */
async function askToTrust(context: ScreenContext, settings: DirectorySettings): Promise<string | null> {
  const text = `Looking at the certificates of ${serversOf(settings)}.`;
  const shown = await waitFor(context, 'Certificates', text, (signal) =>
    context.core.directoryConnection.certificates(settings, signal),
  );
  if (shown === undefined) return null;
  const errors = shown.flatMap(({ error }) => (error === undefined ? [] : [error]));
  const fingerprints: string[] = [];
  for (const { url, certificate } of shown) {
    if (certificate === undefined) continue;
    if ((await context.overlays.ask(trustQuestion(url, certificate, errors))) !== 'trust') return null;
    fingerprints.push(certificate.fingerprint);
  }
  if (fingerprints.length === 0) {
    await context.reportError(`${shown[0]?.url ?? 'No server'} shows no certificate`, errors[0]);
    return null;
  }
  const pinned = await context.core.directoryConnection.pin(shown, fingerprints);
  return errors.length === 0 ? pinned : joinAuthorities(settings.ca, pinned);
}

function trustQuestion(
  url: string,
  certificate: NonNullable<ServerCertificate['certificate']>,
  errors: readonly MfaError[],
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
    ...errors.map(({ message }) => `Not seen: ${message}`),
    'Compare the fingerprint with the one on the server itself.',
  ].join('\n');
  return { kind: 'question', title: 'Trust this certificate?', text, buttons, focused: 0, escape: cancelled };
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
