import type { GatewaySettings } from './gateway-settings.ts';

/** What each setting does, in one sentence, for documents and exports. */
export const gatewaySettingTexts: Record<keyof GatewaySettings, string> = {
  url: 'Where requests go; empty while there is no gateway.',
  method: 'The method of the request.',
  headers: 'Headers by name, beside the Content-Type that the format gives.',
  format: 'How the body is written, and so how variables in it are encoded: json, form, xml or text.',
  body: 'The body of the request, with variables.',
  values: 'What is put in beside the message and is no secret, by name: <$value.NAME$>.',
  successPattern: 'A regular expression that the body of a good answer matches; null for any.',
  failurePattern:
    'A regular expression for the body of an answer that says that nothing was sent; null for none.',
  timeoutSeconds: 'Seconds for one request, until its answer is complete.',
  retries: 'How often a request is repeated that the gateway has not taken.',
  acceptsPlain: 'That requests may travel without encryption.',
  ca: "PEM certificates of the authorities to trust instead of the system's; null trusts the system's.",
};
