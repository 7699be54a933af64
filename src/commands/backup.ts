import type { Command } from 'commander';
import { systemClock } from '../core/clock.ts';
import { locateDataDirectory } from '../core/data-directory.ts';
import { MfaError } from '../core/errors.ts';
import { plainText } from '../core/plain-text.ts';
import { act, examples } from './act.ts';
import { confirm } from './confirm.ts';
import type { CommandContext } from './context.ts';
import { printFacts, printJson } from './output.ts';
import { readSecret } from './read-secret.ts';

interface BackupCommandOptions {
  passphraseFile?: string;
  withoutKey?: boolean;
}

interface RestoreCommandOptions {
  passphraseFile?: string;
}

export function defineBackup(command: Command): void {
  command
    .argument('<file>', 'where to write; it must not exist, unless --yes is given')
    .option('--passphrase-file <file>', 'a file with the passphrase, or - for standard input')
    .option('--without-key', 'the database alone, not encrypted')
    .addHelpText(
      'after',
      '\nWith a passphrase the file holds the database and the master key, encrypted: all that a new machine\n' +
        'needs. Keep the passphrase elsewhere; nothing opens the file without it.\n' +
        '\nWith --without-key the file holds the database alone. Passwords, token seeds and keys in it stay sealed\n' +
        'under the master key, of which you need a copy to restore them on another machine; names, phone numbers,\n' +
        'PIN hashes and the audit log can be read by whoever has the file.\n' +
        examples(
          ['backup /srv/backup/mfa.backup --passphrase-file /root/passphrase', 'everything, encrypted'],
          ['backup nightly.backup --without-key --yes', 'the database alone, in the place of the last one'],
        ),
    )
    .action(act<BackupCommandOptions>(backUp));
}

export function defineRestore(command: Command): void {
  command
    .argument('<file>', 'a file that "mfa-console backup" has written')
    .option('--passphrase-file <file>', 'a file with the passphrase, or - for standard input')
    .addHelpText(
      'after',
      '\nThe backup is checked whole before anything is replaced. What was there before stays beside, in files\n' +
        'that end in .before-restore-<time>.\n' +
        examples(
          [
            'restore mfa.backup --passphrase-file /root/passphrase --dry-run',
            'check a backup and see what is in it',
          ],
          ['restore mfa.backup --passphrase-file /root/passphrase', 'put it in the place of the data'],
        ),
    )
    .action(act<RestoreCommandOptions>(restore));
}

async function backUp(context: CommandContext, options: BackupCommandOptions, file = '') {
  if ((options.passphraseFile === undefined) !== (options.withoutKey === true)) {
    throw new MfaError('usage.invalid', 'A backup needs either --passphrase-file or --without-key.', {
      advice: 'See "mfa-console backup --help" for what each protects.',
    });
  }
  const { passphraseFile } = options;
  const dryRun = context.options.dryRun === true;
  const passphrase = passphraseFile === undefined ? null : await readSecret(passphraseFile, 'passphrase');
  const { writeBackup } = await import('../core/backup/write-backup.ts');
  const written = await writeBackup(await context.core(), file, {
    passphrase,
    replace: context.options.yes === true,
    dryRun,
  });
  const { createdAt, bytes, isEncrypted } = written;
  if (context.options.json) {
    await printJson({ backup: { file: written.file, createdAt, encrypted: isEncrypted, bytes, dryRun } });
  } else {
    await printFacts([
      [dryRun ? 'Would write' : 'Wrote', written.file],
      [
        'Holds',
        isEncrypted ? 'database and master key, encrypted' : 'database without master key, not encrypted',
      ],
      ['Bytes', bytes],
    ]);
  }
  return undefined;
}

async function restore(context: CommandContext, options: RestoreCommandOptions, file = '') {
  const { isEncryptedBackup, prepareRestore } = await import('../core/backup/prepare-restore.ts');
  const { operatingSystemAccount } = await import('../core/core.ts');
  const { passphraseFile } = options;
  const needsPassphrase = isEncryptedBackup(file) && passphraseFile !== undefined;
  using prepared = prepareRestore(file, {
    dataDirectory: locateDataDirectory(context.options.data, process.env),
    clock: systemClock,
    actor: operatingSystemAccount(),
    passphrase: needsPassphrase ? await readSecret(passphraseFile, 'passphrase') : null,
  });
  const { createdAt, createdBy, users } = prepared.facts;
  const dryRun = context.options.dryRun === true;
  await confirm(
    context,
    `Replace the data by the backup of ${createdAt} with ${users} users, made by ${plainText(createdBy)}?`,
  );
  const replaced = dryRun ? [] : prepared.apply();
  if (context.options.json) {
    await printJson({
      restore: { file: prepared.facts.file, createdAt, createdBy, users, dryRun, replaced },
    });
  } else {
    await printFacts([
      [dryRun ? 'Would restore' : 'Restored', prepared.facts.file],
      ['Data of', createdAt],
      ['Made by', createdBy],
      ['Users', users],
      ...replaced.map((kept) => ['Kept', kept] as const),
    ]);
  }
  return undefined;
}
