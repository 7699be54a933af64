import { basic, type GatewayPreset } from './preset.ts';

const from = 'the number that calls come from';

/** Providers that call a number and read a text out, by name. */
export const voicePresets: Readonly<Record<string, GatewayPreset>> = {
  twilio: {
    title: 'Twilio Programmable Voice',
    settings: {
      url: 'https://api.twilio.com/2010-04-01/Accounts/<$value.account_sid$>/Calls.json',
      headers: { Authorization: basic('value.account_sid', 'secret.auth_token') },
      format: 'form',
      // TwiML is XML inside a form: the text is escaped for the one and encoded for the other.
      body: 'To=<$phone$>&From=<$value.from$>{% if extension %}&SendDigits=<$extension | replace: ",", "w"$>{% endif %}&Twiml=%3CResponse%3E%3CSay%20language%3D%22<$locale$>%22%20loop%3D%222%22%3E<$text | escape$>%3C%2FSay%3E%3C%2FResponse%3E',
      successPattern: '"sid"\\s*:\\s*"',
    },
    values: { account_sid: 'the account, AC...', from },
    secrets: { auth_token: 'the auth token of the account' },
  },
  infobip: {
    title: 'Infobip Voice',
    settings: {
      url: 'https://<$value.base$>.api.infobip.com/tts/3/advanced',
      headers: { Authorization: 'App <$secret.api_key$>', Accept: 'application/json' },
      format: 'json',
      body: '{"messages": [{"from": "<$value.from$>", "destinations": [{"to": "<$phone_digits$>"}], "language": "<$language$>", "text": "<$text$>"}]}',
      successPattern: '"messageId"',
      failurePattern: '"groupName"\\s*:\\s*"(REJECTED|UNDELIVERABLE)"',
    },
    values: { base: 'the first part of the address that the account has', from },
    secrets: { api_key: 'the API key' },
  },
  messagebird: {
    title: 'Bird (MessageBird) voice messages',
    settings: {
      url: 'https://rest.messagebird.com/voicemessages',
      headers: { Authorization: 'AccessKey <$secret.access_key$>' },
      format: 'json',
      body: '{"originator": "<$value.from$>", "recipients": ["<$phone_digits$>"], "body": "<$text$>", "language": "<$locale | downcase$>", "repeat": 2}',
      failurePattern: '"errors"\\s*:\\s*\\[',
    },
    values: { from },
    secrets: { access_key: 'the access key' },
  },
  clicksend: {
    title: 'ClickSend Text-to-Speech',
    settings: {
      url: 'https://rest.clicksend.com/v3/voice/send',
      headers: { Authorization: basic('value.username', 'secret.api_key') },
      format: 'json',
      body: '{"messages": [{"to": "<$phone$>", "body": "<$text$>", "voice": "female", "lang": "<$locale | downcase$>", "source": "mfa-console"}]}',
      successPattern: '"status"\\s*:\\s*"SUCCESS"',
    },
    values: { username: 'the name of the account' },
    secrets: { api_key: 'the API key' },
  },
  seven: {
    title: 'seven.io Voice',
    settings: {
      url: 'https://gateway.seven.io/api/voice',
      headers: { 'X-Api-Key': '<$secret.api_key$>', Accept: 'application/json' },
      format: 'form',
      body: 'to=<$phone_digits$>&from=<$value.from$>&text=<$text$>',
      successPattern: '"success"\\s*:\\s*"?100\\b',
    },
    values: { from },
    secrets: { api_key: 'the API key' },
  },
};
