import { basic, type GatewayPreset } from './preset.ts';

const from = 'the number or name that messages come from';

/** Providers of text messages, by name. */
export const textPresets: Readonly<Record<string, GatewayPreset>> = {
  twilio: {
    title: 'Twilio Programmable Messaging',
    settings: {
      url: 'https://api.twilio.com/2010-04-01/Accounts/<$value.account_sid$>/Messages.json',
      headers: { Authorization: basic('value.account_sid', 'secret.auth_token') },
      format: 'form',
      body: 'To=<$phone$>&From=<$value.from$>&Body=<$text$>',
      successPattern: '"sid"\\s*:\\s*"',
    },
    values: { account_sid: 'the account, AC...', from },
    secrets: { auth_token: 'the auth token of the account' },
  },
  vonage: {
    title: 'Vonage SMS (formerly Nexmo)',
    settings: {
      url: 'https://rest.nexmo.com/sms/json',
      headers: {},
      format: 'form',
      body: 'api_key=<$value.api_key$>&api_secret=<$secret.api_secret$>&from=<$value.from$>&to=<$phone_digits$>&type=unicode&text=<$text$>',
      // It answers 200 whatever became of the message.
      successPattern: '"status"\\s*:\\s*"0"',
      failurePattern: '"status"\\s*:\\s*"[1-9]',
    },
    values: { api_key: 'the API key', from },
    secrets: { api_secret: 'the API secret' },
  },
  messagebird: {
    title: 'Bird (MessageBird) SMS',
    settings: {
      url: 'https://rest.messagebird.com/messages',
      headers: { Authorization: 'AccessKey <$secret.access_key$>' },
      format: 'json',
      body: '{"originator": "<$value.from$>", "recipients": ["<$phone_digits$>"], "body": "<$text$>", "datacoding": "auto"}',
      failurePattern: '"errors"\\s*:\\s*\\[',
    },
    values: { from },
    secrets: { access_key: 'the access key' },
  },
  plivo: {
    title: 'Plivo SMS',
    settings: {
      url: 'https://api.plivo.com/v1/Account/<$value.auth_id$>/Message/',
      headers: { Authorization: basic('value.auth_id', 'secret.auth_token') },
      format: 'json',
      body: '{"src": "<$value.from$>", "dst": "<$phone$>", "text": "<$text$>"}',
      successPattern: '"message_uuid"',
    },
    values: { auth_id: 'the auth id of the account', from },
    secrets: { auth_token: 'the auth token' },
  },
  infobip: {
    title: 'Infobip SMS',
    settings: {
      url: 'https://<$value.base$>.api.infobip.com/sms/2/text/advanced',
      headers: { Authorization: 'App <$secret.api_key$>', Accept: 'application/json' },
      format: 'json',
      body: '{"messages": [{"from": "<$value.from$>", "destinations": [{"to": "<$phone_digits$>"}], "text": "<$text$>"}]}',
      successPattern: '"messageId"',
      failurePattern: '"groupName"\\s*:\\s*"(REJECTED|UNDELIVERABLE)"',
    },
    values: { base: 'the first part of the address that the account has', from },
    secrets: { api_key: 'the API key' },
  },
  telnyx: {
    title: 'Telnyx Messaging',
    settings: {
      url: 'https://api.telnyx.com/v2/messages',
      headers: { Authorization: 'Bearer <$secret.api_key$>' },
      format: 'json',
      body: '{"from": "<$value.from$>", "to": "<$phone$>", "text": "<$text$>"}',
    },
    values: { from },
    secrets: { api_key: 'the API key' },
  },
  sinch: {
    title: 'Sinch SMS',
    settings: {
      url: 'https://<$value.region$>.sms.api.sinch.com/xms/v1/<$value.service_plan$>/batches',
      headers: { Authorization: 'Bearer <$secret.api_token$>' },
      format: 'json',
      body: '{"from": "<$value.from$>", "to": ["<$phone_digits$>"], "body": "<$text$>"}',
    },
    values: { region: 'us or eu', service_plan: 'the id of the service plan', from },
    secrets: { api_token: 'the API token' },
  },
  clickatell: {
    title: 'Clickatell Platform',
    settings: {
      url: 'https://platform.clickatell.com/messages',
      headers: { Authorization: '<$secret.api_key$>', Accept: 'application/json' },
      format: 'json',
      body: '{"content": "<$text$>", "to": ["<$phone_digits$>"]}',
      successPattern: '"accepted"\\s*:\\s*true',
      failurePattern: '"accepted"\\s*:\\s*false',
    },
    values: {},
    secrets: { api_key: 'the API key' },
  },
  bulksms: {
    title: 'BulkSMS',
    settings: {
      url: 'https://api.bulksms.com/v1/messages',
      headers: { Authorization: basic('value.token_id', 'secret.token_secret') },
      format: 'json',
      body: '{"to": "<$phone$>", "body": "<$text$>", "encoding": "UNICODE"}',
    },
    values: { token_id: 'the id of the API token' },
    secrets: { token_secret: 'the secret of the API token' },
  },
  seven: {
    title: 'seven.io SMS',
    settings: {
      url: 'https://gateway.seven.io/api/sms',
      headers: { 'X-Api-Key': '<$secret.api_key$>', Accept: 'application/json' },
      format: 'form',
      body: 'to=<$phone_digits$>&from=<$value.from$>&text=<$text$>',
      // It answers 200 whatever became of the message.
      successPattern: '"success"\\s*:\\s*"?10[01]\\b',
    },
    values: { from },
    secrets: { api_key: 'the API key' },
  },
};
