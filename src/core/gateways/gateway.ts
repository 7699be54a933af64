import type { AuditLog } from '../audit/audit-log.ts';
import { MfaError, messageOf } from '../errors.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { SettingsDocument } from '../settings/settings-document.ts';
import type { Store } from '../store/store.ts';
import type { Wait } from '../wait.ts';
import { type GatewayChanges, gatewayChanges } from './gateway-changes.ts';
import { gatewayProblems } from './gateway-problems.ts';
import {
  type GatewayKind,
  type GatewaySettings,
  gatewayNames,
  gatewaySecret,
  type gatewaySettingsSchema,
} from './gateway-settings.ts';
import type { GatewayAcceptance, TextMessage, VoiceCall } from './senders.ts';

export interface GatewayServices {
  readonly store: Store;
  readonly audit: AuditLog;
  readonly secrets: Secrets;
  readonly wait: Wait;
  readonly companySettings: { load(): { readonly defaultCountry: string } };
  readonly settings: SettingsDocument<typeof gatewaySettingsSchema>;
}

/** New secrets by name; null removes one, and those that are not named stay. */
export type NewSecrets = Readonly<Record<string, string | null>>;

export interface StoredGateway {
  readonly settings: GatewaySettings;
  readonly version: number;
}

export interface GatewayChange {
  readonly after: GatewaySettings;
  readonly secrets?: NewSecrets | undefined;
  /** The version that was seen; when another one is stored, nothing is written. */
  readonly version?: number | undefined;
}

export interface DryRun {
  /** Say what would change, and save nothing. */
  readonly dryRun?: boolean;
}

/** A secret that the settings name; it is never shown, only whether there is one. */
export interface NamedSecret {
  readonly name: string;
  readonly isStored: boolean;
}

export interface TestOptions {
  /** Called with every line that goes to (`>`) and comes from (`<`) the gateway, without secrets. */
  readonly onConversation: (line: string) => void;
  /** Settings to try that may not be saved; left out, the stored ones. */
  readonly settings?: GatewaySettings | undefined;
  readonly secrets?: NewSecrets | undefined;
  /** Gives up. */
  readonly signal?: AbortSignal | undefined;
}

/** How text messages or calls leave this server: looked at, changed, tried and used here. */
export class Gateway {
  readonly kind: GatewayKind;
  readonly #services: GatewayServices;

  constructor(kind: GatewayKind, services: GatewayServices) {
    this.kind = kind;
    this.#services = services;
  }

  load(): StoredGateway {
    const { value: settings, version } = this.#services.settings.loadVersioned();
    return { settings, version };
  }

  /** The secrets that settings name, in the order of their names. */
  async secretsOf(settings: GatewaySettings): Promise<NamedSecret[]> {
    const { secretNames } = await import('./request/build-request.ts');
    const isStored = (name: string) => this.#services.secrets.has(gatewaySecret(this.kind, name));
    return secretNames(settings).map((name) => ({ name, isStored: isStored(name) }));
  }

  /**
   * Saves settings and secrets with their audit event; secrets that are not named any more go.
   * @returns what changed; empty when nothing did, and then nothing is written
   * @throws {MfaError} `gateway.invalid`, `gateway.plainNotAccepted`, `settings.changed`
   */
  async save({ dryRun = false, ...change }: GatewayChange & DryRun): Promise<GatewayChanges> {
    const save = await this.prepare(change);
    return save({ dryRun });
  }

  /** As {@link save}, with everything that takes time done before, for transactions of others. */
  async prepare({
    after,
    secrets = {},
    version,
  }: GatewayChange): Promise<(options: Required<DryRun>) => GatewayChanges> {
    await this.#check(after);
    const { secretNames } = await import('./request/build-request.ts');
    const named = secretNames(after);
    const unnamed = Object.keys(secrets).find((name) => secrets[name] !== null && !named.includes(name));
    if (unnamed !== undefined) {
      throw new MfaError('gateway.invalid', `A secret "${unnamed}" was given, but nothing speaks of it.`, {
        advice:
          named.length === 0
            ? `Write <$secret.${unnamed}$> where it belongs.`
            : `There are ${named.join(', ')}.`,
      });
    }
    const { store, settings: document, secrets: sealed, audit } = this.#services;
    const name = (one: string) => gatewaySecret(this.kind, one);
    return ({ dryRun }) =>
      store.transaction(() => {
        document.requireVersion(version, `The settings of the ${gatewayNames[this.kind]} gateway`);
        const before = document.load();
        const gone = [
          ...secretNames(before),
          ...Object.keys(secrets).filter((one) => secrets[one] === null),
        ].filter((one) => sealed.has(name(one)) && (secrets[one] === null || !named.includes(one)));
        const changes = gatewayChanges(before, after);
        for (const one of gone) changes[`secret.${one}`] = ['set', null];
        const given = Object.entries(secrets).filter((entry): entry is [string, string] => entry[1] !== null);
        for (const [one] of given)
          changes[`secret.${one}`] = [sealed.has(name(one)) ? 'set' : null, 'set anew'];
        if (dryRun || Object.keys(changes).length === 0) return changes;
        document.save(after);
        for (const one of gone) sealed.remove(name(one));
        for (const [one, secret] of given) sealed.set(name(one), secret);
        audit.append({ action: 'gateway.changed', target: this.kind, details: { fields: changes } });
        return changes;
      });
  }

  /**
   * Sends a message, and notes in the audit log how it went.
   * @param message the phone as people write it
   * @throws {MfaError} `phone.invalid`, `gateway.*`, `secret.unreadable`, `run.cancelled`
   */
  async test(message: TextMessage, options: TestOptions): Promise<GatewayAcceptance> {
    const { settings = this.load().settings, secrets = {}, onConversation, signal } = options;
    const { audit, companySettings } = this.#services;
    const { requirePhone } = await import('../users/phone.ts');
    const { phone, extension } = requirePhone(message.phone, companySettings.load().defaultCountry);
    await this.#check(settings);
    // The log knows nothing of whose phone it was, and need not be searched when that person is erased.
    const details = { phoneEndsWith: phone.slice(-2) };
    try {
      const dialled = this.kind === 'voice' ? { ...message, phone, extension } : { ...message, phone };
      const acceptance = await this.#send(dialled, { settings, secrets, onConversation, signal });
      audit.append({ action: 'gateway.tested', target: this.kind, details });
      return acceptance;
    } catch (error) {
      const reason = messageOf(error);
      audit.append({ action: 'gateway.tested', target: this.kind, result: 'failure', reason, details });
      throw error;
    }
  }

  /** @throws {MfaError} `gateway.*`, `secret.unreadable`, `run.cancelled` */
  send(message: TextMessage | VoiceCall, signal?: AbortSignal): Promise<GatewayAcceptance> {
    const { settings } = this.load();
    return this.#send(message, { settings, secrets: {}, onConversation: () => {}, signal });
  }

  async #send(
    message: TextMessage | VoiceCall,
    options: Required<Pick<TestOptions, 'settings' | 'secrets' | 'onConversation'>> &
      Pick<TestOptions, 'signal'>,
  ): Promise<GatewayAcceptance> {
    const { settings = this.load().settings, secrets = {} } = options;
    if (settings.url === '') {
      throw new MfaError('gateway.notConfigured', `No ${gatewayNames[this.kind]} gateway is set.`, {
        advice: `Set one with "mfa-console gateway ${this.kind} set"; "mfa-console gateway ${this.kind} presets" lists common ones.`,
      });
    }
    const { sendRequest } = await import('./request/send-request.ts');
    const { onConversation, signal } = options;
    const opened = await this.#openSecrets(settings, secrets);
    return sendRequest(message, {
      settings,
      secrets: opened,
      onConversation,
      signal,
      wait: this.#services.wait,
    });
  }

  async #openSecrets(settings: GatewaySettings, given: NewSecrets): Promise<Record<string, string>> {
    const { secretNames } = await import('./request/build-request.ts');
    const opened = secretNames(settings).map((name): [string, string] => {
      const secret = name in given ? given[name] : this.#services.secrets.get(gatewaySecret(this.kind, name));
      if (secret !== null && secret !== undefined) return [name, secret];
      throw new MfaError('gateway.notConfigured', `The secret "${name}" of the gateway is not stored.`, {
        advice: `Give it with "mfa-console gateway ${this.kind} set --secret-file ${name}=FILE".`,
      });
    });
    return Object.fromEntries(opened);
  }

  async #check(settings: GatewaySettings): Promise<void> {
    const { requestProblems } = await import('./request/check-request.ts');
    const [problem] = [...gatewayProblems(this.kind, settings), ...requestProblems(this.kind, settings)];
    if (problem !== undefined) throw problem.error;
  }
}
