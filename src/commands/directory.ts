import { type Command, InvalidArgumentError } from 'commander';
import { act, examples } from './act.ts';
import { defineAttributes } from './directory/attributes.ts';
import { listContainers, listGroups, searchUsers } from './directory/browse.ts';
import { showCertificates } from './directory/certificate.ts';
import { type ConnectionOptions, withConnectionOptions } from './directory/connection-options.ts';
import { defineFilters } from './directory/filters.ts';
import { setDirectory, showDirectory } from './directory/settings.ts';
import { testDirectory } from './directory/test.ts';

export function defineDirectory(command: Command): void {
  command
    .command('show')
    .description('show how the directory is reached and read')
    .addHelpText(
      'after',
      examples(['directory show --json', 'the settings for a script, without the password']),
    )
    .action(act(showDirectory));
  withConnectionOptions(command.command('set'))
    .description('change how the directory is reached and read; what is not named stays as it is')
    .addHelpText(
      'after',
      examples(
        [
          'directory set --type activeDirectory --url ldaps://dc1.corp.example --url ldaps://dc2.corp.example --ca-file ca.pem --bind-user svc-mfa@corp.example --bind-password-file -',
          'connect to a domain; the base DN is asked from the server, the password read from standard input',
        ],
        [
          'directory set --type ldap --url ldap://ldap.example --base-dn dc=example --bind-user cn=reader,dc=example --bind-password-file secret.txt',
          'connect to another LDAP server, with StartTLS',
        ],
        ['directory set --type sample', 'go back to the built-in sample directory'],
      ),
    )
    .action(act<ConnectionOptions>(setDirectory));
  withConnectionOptions(command.command('test'))
    .description('check the connection step by step; options try settings without saving them')
    .addHelpText(
      'after',
      examples(
        ['directory test', 'check every configured server'],
        ['directory test --url ldaps://dc3.corp.example', 'see whether another server would work'],
      ),
    )
    .action(act<ConnectionOptions>(testDirectory));
  withConnectionOptions(command.command('certificate'))
    .description('show the certificates of the servers with their fingerprints, to compare and trust them')
    .addHelpText(
      'after',
      examples(
        [
          'directory certificate --url ldaps://dc1.corp.example',
          'what a server shows; nothing is trusted by it',
        ],
        ['directory set --pin-certificate AB:CD:...', 'trust it, after comparing it on the server'],
      ),
    )
    .action(act<ConnectionOptions>(showCertificates));
  command
    .command('tree')
    .argument('[dn]', 'the container to look into; else the base DN')
    .description('list the containers directly below one, with the number of users in and below each')
    .addHelpText('after', examples(['directory tree "OU=Sales,DC=corp,DC=example"', 'look into an OU']))
    .action(act(listContainers));
  command
    .command('search')
    .argument('<text>', 'part of a name, username or e-mail address, or an LDAP filter in parentheses')
    .description('find users in the directory')
    .option('--limit <n>', 'show at most this many', count, 1000)
    .addHelpText(
      'after',
      examples(
        ['directory search smith', 'everybody with "smith" in a name'],
        ['directory search "(department=Sales)"', 'everybody whom a filter finds'],
      ),
    )
    .action(act<{ limit: number }>(searchUsers));
  command
    .command('groups')
    .argument('[text]', 'part of the name')
    .description('list security groups')
    .addHelpText('after', examples(['directory groups vpn', 'groups with "vpn" in their name']))
    .action(act(listGroups));
  defineFilters(command);
  defineAttributes(command);
}

function count(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError('It must be a positive number.');
  return number;
}
