import type { Command } from 'commander';
import {
  type MailKind,
  mailKindNames,
  noticeKinds,
  userMailKinds,
} from '../../core/email/templates/template-key.ts';
import { variablesOfKind } from '../../core/email/templates/variables-of-kind.ts';
import { languages } from '../../core/users/method.ts';
import { act, examples, paragraph } from '../act.ts';
import { compareTemplate } from './compare-template.ts';
import { type EditOptions, editTemplate, resetTemplate } from './edit-template.ts';
import {
  type ListOptions,
  listTemplates,
  type PreviewOptions,
  previewMail,
  type ShowOptions,
  showTemplate,
} from './show-template.ts';

const operands = '<name...>';

export function defineTemplates(command: Command): void {
  const templates = command
    .command('templates')
    .description('list, show, compare, edit, reset and preview the mails to users and administrators');
  templates
    .command('list')
    .description('list the templates and who edited them')
    .option('--edited', 'only those that are not built in')
    .addHelpText(
      'after',
      examples(
        ['email templates list', 'all of them'],
        ['email templates list --edited --json', 'what was edited, for a script'],
      ),
    )
    .action(act<ListOptions>(listTemplates));
  templates
    .command(`show ${operands}`)
    .description('show the text of a template')
    .option('--built-in', 'the built-in text, also where it was edited')
    .option('--part <part>', 'one part as it is: subject, text or html')
    .addHelpText(
      'after',
      `${examples(
        ['email templates show phoneCall pin newUser en', 'the text that counts'],
        [
          'email templates show phoneCall pin newUser en --part text > text.liquid',
          'into a file, to edit it',
        ],
      )}\n${nameText}`,
    )
    .action(act<ShowOptions>(showTemplate));
  templates
    .command(`edit ${operands}`)
    .description('replace parts of a template; on a terminal without options, in your editor')
    .option('--subject <text>', 'the subject, one line')
    .option('--text-file <file>', 'the plain text; - reads standard input')
    .option(
      '--html-file <file>',
      'HTML of its own, which does not follow the plain text; - reads standard input',
    )
    .option('--html-from-text', 'make the HTML from the plain text again')
    .option('--no-html', 'send the plain text alone')
    .option('--cc <addresses...>', 'who gets a copy; none for nobody')
    .option('--attach <files...>', 'files that go along with the mail')
    .option('--detach <names...>', 'attachments to take away')
    .option('--if-version <n>', 'only when it still has this version, which "show --json" tells')
    .addHelpText(
      'after',
      `${examples(
        ['email templates edit phoneCall pin newUser en', 'the plain text, in $VISUAL or $EDITOR'],
        [
          'email templates edit phoneCall pin newUser en --text-file text.liquid',
          'from a file; the HTML is made from it, unless it is its own',
        ],
      )}\n${paragraph(
        'Variables are written as <$pin$>. Parts are shown where they apply with {% if phone %} and {% endif %}.',
      )}\n\n${variableLines()}`,
    )
    .action(act<EditOptions>(editTemplate));
  templates
    .command(`compare ${operands}`)
    .description('show how a template differs from the built-in text')
    .addHelpText(
      'after',
      examples([
        'email templates compare phoneCall pin newUser en',
        'lines with - are built in, with + edited',
      ]),
    )
    .action(act(compareTemplate));
  templates
    .command(`reset ${operands}`)
    .description('take the built-in text again')
    .addHelpText(
      'after',
      examples(['email templates reset phoneCall pin newUser en', 'drop what was edited']),
    )
    .action(act(resetTemplate));
  templates
    .command('preview')
    .description('show the mail that a user would get; nothing is sent, and the PIN is a sample')
    .option('--user <username>', 'who; left out, an invented person')
    .option('--template <name>', 'from this template, such as phoneCall/pin/newUser/de')
    .option('--kind <kind>', `which mail: ${userMailKinds.join(', ')}`, 'newUser')
    .option('--application <name>', 'the application that it is about')
    .option('--html', 'the HTML instead of the plain text')
    .addHelpText(
      'after',
      examples(
        ['email templates preview --user jdoe --kind updatedUser', 'what jdoe would read'],
        ['email templates preview --template mobileApp/pin/newUser/fr', 'what a template makes'],
      ),
    )
    .action(act<PreviewOptions>(previewMail));
}

const nameText = `A name is METHOD MODE KIND LANGUAGE, in words or with slashes between.
Kinds: ${userMailKinds.join(', ')}. Languages: ${languages.join(', ')}.
Mails to administrators: administrators KIND LANGUAGE, with ${noticeKinds.join(', ')}.
`;

function variableLines(): string {
  const sets = [
    ['Variables of mails to users', userMailKinds[0]] as const,
    ...noticeKinds.map((kind) => [`Variables of ${mailKindNames[kind]}`, kind] as const),
  ];
  return sets.map(([title, kind]) => `${title}:\n${meaningLines(kind)}\n`).join('\n');
}

function meaningLines(kind: MailKind): string {
  const variables = variablesOfKind(kind);
  const width = Math.max(...variables.map(({ name }) => name.length));
  return variables.map(({ name, meaning }) => `  ${name.padEnd(width)}  ${meaning}`).join('\n');
}
