import { isMfaError, MfaError } from '../../core/errors.ts';
import { type GatewayKind, gatewayNames } from '../../core/gateways/gateway-settings.ts';
import { plainText } from '../../core/plain-text.ts';
import { isLanguage, languages } from '../../core/users/method.ts';
import type { CommandContext, CommonOptions } from '../context.ts';
import { printJson, write } from '../output.ts';
import { applyOptions, type GatewayOptions, readSecrets } from './gateway-options.ts';

export interface TestOptions extends GatewayOptions {
  text?: string;
  language: string;
  verbose?: true;
}

const sampleText = 'This is a test of MFA Console. It arrived.';

export function testGateway(kind: GatewayKind) {
  return async (
    context: CommandContext,
    options: TestOptions & CommonOptions,
    phone = '',
  ): Promise<undefined> => {
    const gateway = (await context.core()).gateways[kind];
    const { language, text = sampleText } = options;
    if (!isLanguage(language)) {
      throw new MfaError('usage.invalid', `There is no language "${language}".`, {
        advice: `Use ${languages.join(', ')}.`,
      });
    }
    const settings = await applyOptions(kind, gateway.load().settings, options);
    const secrets = await readSecrets(options);
    const conversation: string[] = [];
    const onConversation = (line: string) => conversation.push(plainText(line));
    const { signal } = context;
    try {
      const message = { phone, text, language };
      const { response } = await gateway.test(message, { settings, secrets, signal, onConversation });
      if (context.options.json) {
        await printJson({ phone, response, ...(options.verbose ? { conversation } : {}) });
        return;
      }
      if (options.verbose) context.note(conversation.join('\n'));
      await write(`The test ${gatewayNames[kind]} was taken over: ${plainText(response)}\n`);
    } catch (error) {
      if (isMfaError(error) && conversation.length > 0) context.note(conversation.join('\n'));
      throw error;
    }
  };
}
