import type { Command } from 'commander';
import { type GatewayKind, gatewayKinds, gatewayNames } from '../core/gateways/gateway-settings.ts';
import { requestVariables } from '../core/gateways/request/request-values.ts';
import { languages } from '../core/users/method.ts';
import { act, type Example, examples, paragraph } from './act.ts';
import { type GatewayOptions, withGatewayOptions } from './gateway/gateway-options.ts';
import { listPresets } from './gateway/presets.ts';
import { getGateway, type SetOptions, setGateway } from './gateway/settings.ts';
import { type TestOptions, testGateway } from './gateway/test.ts';

export function defineGateway(command: Command): void {
  for (const kind of gatewayKinds) defineKind(command.command(kind), kind);
}

function defineKind(command: Command, kind: GatewayKind): void {
  const what = `${gatewayNames[kind]}s`;
  command.description(`say how ${what} are sent over HTTP, and send a test`);
  command
    .command('get')
    .description(`show how ${what} are sent`)
    .addHelpText(
      'after',
      examples([`gateway ${kind} get --json`, 'the settings for a script, without secrets']),
    )
    .action(act(getGateway(kind)));
  withGatewayOptions(command.command('set'))
    .description(`change how ${what} are sent; what is not named stays as it is`)
    .option('--if-version <n>', 'only when the settings still have this version, which "get --json" tells')
    .addHelpText('after', `${examples(...setExamples[kind])}\n${variablesHelp(kind)}\n`)
    .action(act<SetOptions>(setGateway(kind)));
  command
    .command('presets')
    .argument('[name]', 'show what one of them would set')
    .description('list the settings of common gateways')
    .addHelpText('after', examples([`gateway ${kind} presets twilio`, 'what it needs and sets']))
    .action(act(listPresets(kind)));
  withGatewayOptions(command.command('test').argument('<phone>', 'the number it goes to'))
    .description(
      `send a ${gatewayNames[kind]} and show the conversation; options try settings without saving them`,
    )
    .option('--text <text>', 'what it says')
    .option('--language <language>', `its language: ${languages.join(', ')}`, 'en')
    .option('--verbose', 'show the conversation with the gateway also when all is well')
    .addHelpText(
      'after',
      examples([`gateway ${kind} test +14255550123 --verbose`, 'see what is sent and answered']),
    )
    .action(act<TestOptions & GatewayOptions>(testGateway(kind)));
}

const setExamples: Record<GatewayKind, readonly Example[]> = {
  text: [
    [
      'gateway text set --preset twilio --value account_sid=AC1234 --value from=+14255550100 --secret-file auth_token=-',
      'a common gateway; the secret is read from standard input',
    ],
    [
      'gateway text set --url https://sms.corp.example/send --format form --body-file body.liquid --header \'Authorization: Bearer <$secret.token$>\' --secret-file token=token.txt --success-pattern "^OK"',
      'a gateway of your own',
    ],
  ],
  voice: [
    [
      'gateway voice set --preset twilio --value account_sid=AC1234 --value from=+14255550100 --secret-file auth_token=-',
      'a common gateway; the secret is read from standard input',
    ],
  ],
};

function variablesHelp(kind: GatewayKind): string {
  const variables = Object.entries(requestVariables[kind]).map(
    ([name, meaning]) => `  <$${name}$>  ${meaning}`,
  );
  const more = paragraph(
    'Beside them, <$value.NAME$> is what --value gives and <$secret.NAME$> what --secret-file gives. ' +
      'Address, headers and body take variables; what is put in is encoded for its place, so that JSON needs quotes around it.',
  );
  return `Variables:\n${variables.join('\n')}\n${more}`;
}
