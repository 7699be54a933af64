import type { GatewaySettings } from '../gateway-settings.ts';

/** The settings that a provider's public interface needs. Accounts and senders are values and secrets to be given. */
export interface GatewayPreset {
  /** Of the provider, for people. */
  readonly title: string;
  readonly settings: Pick<GatewaySettings, 'url' | 'format' | 'headers' | 'body'> &
    Partial<Pick<GatewaySettings, 'successPattern' | 'failurePattern'>>;
  /** What every value is, by name. */
  readonly values: Readonly<Record<string, string>>;
  /** What every secret is, by name. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** The header of HTTP Basic, from the variables that hold the account and its password. */
export function basic(account: string, password: string): string {
  return `Basic <$${account} | append: ":" | append: ${password} | base64_encode$>`;
}
