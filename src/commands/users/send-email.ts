import { type Command, Option } from 'commander';
import { mailJson } from '../../core/email/outbox/mail-json.ts';
import type { MailPreview } from '../../core/email/outbox/mail-user.ts';
import type { UserMailResult } from '../../core/email/outbox/outbox.ts';
import { mailKindNames, type UserMailKind, userMailKinds } from '../../core/email/templates/template-key.ts';
import { errorCodes, exitCodeOf as exitCodeOfCode } from '../../core/errors.ts';
import { plainText } from '../../core/plain-text.ts';
import { act, paragraph } from '../act.ts';
import type { CommandContext } from '../context.ts';
import { printFacts, printJson, write } from '../output.ts';
import { sharedExitCode } from '../shared-exit-code.ts';
import { forUsers, usernamesOf, type WhomOptions } from './whom.ts';

interface SendEmailOptions extends WhomOptions {
  kind?: UserMailKind;
}

export function defineSendEmail(command: Command): void {
  forUsers(
    command,
    'send-email',
    'send users a mail with what they need to know; with --dry-run, show it',
    ['users send-email jdoe --dry-run', 'read what jdoe would get'],
    ['users send-email jdoe asmith', 'send it'],
    ['users send-email --filter group:Sales --kind updatedUser', 'tell a group how they sign in now'],
  )
    .addOption(
      new Option('--kind <kind>', 'newUser when left out, or userEnrollment where no phone is known').choices(
        userMailKinds,
      ),
    )
    .addHelpText('after', paragraph(aboutPins))
    .action(act<SendEmailOptions>(sendEmail));
}

const aboutPins =
  'A PIN cannot be read again, so it is not in these mails: "users set-pin --send-email" tells one.';

/** A dry run for one user shows the mail; else it says who would get one. */
async function sendEmail(
  context: CommandContext,
  { kind: wanted, ...whom }: SendEmailOptions,
  ...operands: string[]
): Promise<number | undefined> {
  const usernames = await usernamesOf(context, whom, operands, 'Send a mail to');
  const kind = wanted ?? null;
  const { outbox } = await context.core();
  const { json, dryRun = false } = context.options;
  const [only] = usernames.length === 1 ? usernames : [];
  if (dryRun && only !== undefined) return printPreview(context, only, await outbox.preview(only, kind));
  const results = await outbox.mailUsers(usernames, kind, { dryRun, signal: context.signal });
  for (const line of failureLines(results)) process.stderr.write(`${plainText(line)}\n`);
  if (json) {
    await printJson({
      dryRun,
      results: results.map(({ username, mail, error }) =>
        error === undefined
          ? { username, ...sentFields(mail) }
          : { username, ok: false, error: { code: error.code, message: error.sentence } },
      ),
    });
  } else {
    const count = results.filter(({ mail }) => mail?.state === 'queued').length;
    const verb = dryRun ? 'would be' : count === 1 ? 'is' : 'are';
    await write(`${count} ${count === 1 ? 'mail' : 'mails'} ${verb} queued\n`);
  }
  return exitCodeOf(results);
}

type Mail = NonNullable<UserMailResult['mail']>;

function sentFields(mail: Mail) {
  return { ok: mail.state === 'queued', mail: mailJson(mail) };
}

async function printPreview(
  context: CommandContext,
  username: string,
  { kind, recipient, content, problem }: MailPreview,
): Promise<number | undefined> {
  const error = problem === null ? null : { code: problem.code, message: problem.sentence };
  if (context.options.json) {
    await printJson({
      dryRun: true,
      results: [{ username, ok: problem === null, kind, to: recipient, content, error }],
    });
  } else {
    await printFacts([
      ['To', recipient],
      ['Kind', mailKindNames[kind]],
      ['Subject', content?.subject ?? null],
      ['Cc', content?.cc.join(', ') || null],
    ]);
    const lines = content?.text.trimEnd().split('\n') ?? [];
    await write(`\n${lines.map(plainText).join('\n')}\n`);
  }
  if (problem === null) return undefined;
  process.stderr.write(`It would not be sent: ${plainText(problem.sentence)}\n`);
  return errorCodes[problem.code];
}

/** A line for each who gets no mail. */
function failureLines(results: readonly UserMailResult[]): string[] {
  return results.flatMap(({ username, mail, error }) => {
    const why = error === undefined ? (mail.state === 'notSent' ? mail.why : null) : error.sentence;
    return why === null ? [] : [`${username}: ${why}`];
  });
}

/** The exit code that all failures share, else 1. */
function exitCodeOf(results: readonly UserMailResult[]): number | undefined {
  const codes = results.flatMap(({ mail, error }) => {
    if (error !== undefined) return errorCodes[error.code];
    return mail.state === 'notSent' ? exitCodeOfCode(mail.whyCode ?? '') : [];
  });
  return sharedExitCode(codes);
}
