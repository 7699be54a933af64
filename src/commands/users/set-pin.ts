import type { Command } from 'commander';
import { mailOnWrite } from '../../core/email/outbox/mail-on-write.ts';
import { MfaError } from '../../core/errors.ts';
import { act } from '../act.ts';
import type { CommandContext } from '../context.ts';
import { printTable } from '../output.ts';
import { readSecret } from '../read-secret.ts';
import { noteMails } from './mail-notes.ts';
import { printResults } from './results.ts';
import { forUsers, usernamesOf, type WhomOptions } from './whom.ts';

interface SetPinOptions extends WhomOptions {
  pinFile?: string;
  generate?: boolean;
  mustChange?: boolean;
  sendEmail?: true;
}

export function defineSetPin(command: Command): void {
  forUsers(
    command,
    'set-pin',
    'give users a PIN',
    ['users set-pin jdoe --generate --must-change', 'a first PIN'],
    ['users set-pin jdoe --pin-file -', 'a PIN from standard input; never as an argument'],
    ['users set-pin --filter group:Sales --generate --send-email', 'each one their own, by mail'],
  )
    .option('--pin-file <file>', 'the PIN in this file; - reads standard input')
    .option('--generate', 'a new PIN for each, printed once')
    .option('--must-change', 'the user must choose another at the next sign-in')
    .option('--send-email', 'tell the PIN by mail; a generated one is not printed then')
    .action(act<SetPinOptions>(setPin));
}

async function setPin(
  context: CommandContext,
  options: SetPinOptions,
  ...operands: string[]
): Promise<number | undefined> {
  if ((options.pinFile === undefined) === (options.generate === undefined)) {
    throw new MfaError('usage.invalid', 'Say where the PIN comes from: --pin-file FILE or --generate.');
  }
  const pin = options.pinFile === undefined ? undefined : await readSecret(options.pinFile, 'PIN');
  const usernames = await usernamesOf(context, options, operands, 'Give a PIN to');
  const { users, outbox } = await context.core();
  const mailing = options.sendEmail ? mailOnWrite(await outbox.openQueue(), 'updated') : undefined;
  const results = await users.setPin(usernames, {
    pin,
    mustChange: options.mustChange,
    dryRun: context.options.dryRun,
    signal: context.signal,
    onWritten: mailing?.onWritten,
  });
  const exitCode = await printResults(context, results, 'given a PIN', ({ generatedPin }) =>
    generatedPin === null || mailing !== undefined ? {} : { pin: generatedPin },
  );
  const generated = results.flatMap(({ username, result }) =>
    result === undefined || result.generatedPin === null ? [] : [{ username, pin: result.generatedPin }],
  );
  noteMails(context, mailing);
  if (!context.options.json && mailing === undefined && generated.length > 0) {
    await printTable(generated, [
      { title: 'Username', value: (row) => row.username },
      { title: 'PIN', value: (row) => row.pin },
    ]);
  }
  return exitCode;
}
