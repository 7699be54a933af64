import type { Core } from '../core.ts';
import { gatewayKinds } from '../gateways/gateway-settings.ts';

/** A secret that settings need and that is not stored; files of settings never have one. */
export interface MissingSecret {
  /** Such as `email.password` or `gateways.text.auth_token`. */
  readonly name: string;
  /** The command that stores it. */
  readonly command: string;
}

export async function missingSecrets({
  emailDelivery,
  gateways,
}: Pick<Core, 'emailDelivery' | 'gateways'>): Promise<MissingSecret[]> {
  const missing: MissingSecret[] = [];
  const { settings, hasPassword } = emailDelivery.load();
  if (settings.deliverBy === 'smtp' && settings.user !== null && !hasPassword) {
    missing.push({
      name: 'email.password',
      command: 'mfa-console email settings set --password-file FILE',
    });
  }
  for (const kind of gatewayKinds) {
    for (const { name, isStored } of await gateways[kind].secretsOf(gateways[kind].load().settings)) {
      if (isStored) continue;
      missing.push({
        name: `gateways.${kind}.${name}`,
        command: `mfa-console gateway ${kind} set --secret-file ${name}=FILE`,
      });
    }
  }
  return missing;
}
