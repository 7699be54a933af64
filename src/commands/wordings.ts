import { type Command, Option } from 'commander';
import { languages, modesOf } from '../core/users/method.ts';
import { wordingMethods } from '../core/wordings/wording-key.ts';
import { act, examples } from './act.ts';
import { type EditOptions, editWording, resetWording } from './wordings/edit.ts';
import {
  type ListOptions,
  listWordings,
  type PreviewOptions,
  previewWording,
  type ShowOptions,
  showWording,
} from './wordings/show.ts';

const operands = '<method> <mode> <language>';

export function defineWordings(command: Command): void {
  command
    .command('list')
    .description('list what text messages and OATH prompts say')
    .option('--edited', 'only those that are not built in')
    .addOption(new Option('--language <language>', 'only those of one language').choices(languages))
    .addHelpText(
      'after',
      examples(
        ['wordings list --language de', 'all of one language'],
        ['wordings list --edited --json', 'what was edited, for a script'],
      ),
    )
    .action(act<ListOptions>(listWordings));
  command
    .command(`show ${operands}`)
    .description('show one of them')
    .option('--built-in', 'the built-in text, also where it was edited')
    .addHelpText(
      'after',
      `${examples(['wordings show textMessage oneWayOtp de', 'the text that counts'])}\n${which}\n`,
    )
    .action(act<ShowOptions>(showWording));
  command
    .command(`edit ${operands}`)
    .description('say it in other words')
    .option('--text <text>', 'the words')
    .option('--text-file <file>', 'the words in a file; - reads standard input')
    .option('--if-version <n>', 'only when the wordings still have this version, which "show --json" tells')
    .addHelpText(
      'after',
      `${examples([
        "wordings edit textMessage oneWayOtp en --text '<$otp$> opens <$application_name$>'",
        'a text message',
      ])}\nVariables: <$application_name$>, and <$otp$> in text messages, which must have it.\n${which}\n`,
    )
    .action(act<EditOptions>(editWording));
  command
    .command(`reset ${operands}`)
    .description('take the built-in text again')
    .addHelpText('after', examples(['wordings reset textMessage oneWayOtp en', 'drop what was edited']))
    .action(act(resetWording));
  command
    .command(`preview ${operands}`)
    .description('show it as it is read, with a sample code, and in how many parts a text message is sent')
    .option('--application <name>', 'the application that somebody signs in to')
    .addHelpText(
      'after',
      examples(['wordings preview textMessage twoWayOtp ja --application VPN', 'what is read']),
    )
    .action(act<PreviewOptions>(previewWording));
}

const which = wordingMethods.map((method) => `Modes of ${method}: ${modesOf[method].join(', ')}.`).join('\n');
