import * as z from 'zod';
import type { Core } from '../core.ts';
import { emailSettingsSchema } from '../email/email-settings.ts';
import { MfaError } from '../errors.ts';
import { type GatewayKind, gatewayKinds, gatewaySettingsSchema } from '../gateways/gateway-settings.ts';
import { nearest } from '../nearest.ts';
import { importSettings as importCompanySettings } from '../settings/change-settings.ts';
import { syncSettingsSchema } from '../sync/sync-settings.ts';
import { parseWordingName } from '../wordings/wording-key.ts';

export type ImportingCore = Pick<
  Core,
  | 'store'
  | 'audit'
  | 'companySettings'
  | 'emailDelivery'
  | 'syncSettings'
  | 'synchronization'
  | 'gateways'
  | 'wordings'
>;

/** Old and new values by name, such as `pinHistory`, `email.host` and `gateways.text.url`. */
export type ExchangeChanges = Readonly<Record<string, readonly [before: unknown, after: unknown]>>;

/** What a file of settings would change. */
export interface PreparedImport {
  readonly changes: ExchangeChanges;
  /**
   * Changes all of it or nothing.
   * @throws {MfaError} `settings.changed` when somebody else has changed something since it was prepared
   */
  apply(): void;
}

/**
 * Checks everything that a file names and compares it with what is stored. What it does not name stays.
 * @param given as `readSettingsFile` reads it
 * @throws {MfaError} `settings.unknown`, `settings.invalid`, and what the parts themselves say
 */
export async function prepareImport(
  core: ImportingCore,
  given: Readonly<Record<string, unknown>>,
): Promise<PreparedImport> {
  const { email, synchronization, gateways, wordings, ...company } = given;
  const expected = importCompanySettings(core, company, { dryRun: true });
  const parts: PreparedImport[] = [];
  if (email !== undefined) parts.push(prepareEmail(core, email));
  if (synchronization !== undefined) parts.push(prepareSynchronization(core, synchronization));
  if (wordings !== undefined) parts.push(await prepareWordings(core, wordings));
  const byKind = sectionOf('gateways', gateways, gatewayKinds);
  for (const kind of gatewayKinds) {
    if (kind in byKind) parts.push(await prepareGateway(core, kind, byKind[kind]));
  }
  return {
    changes: Object.assign({ ...expected }, ...parts.map(({ changes }) => changes)),
    apply: () =>
      core.store.transaction(() => {
        importCompanySettings(core, company, { expected });
        for (const part of parts) part.apply();
      }),
  };
}

function prepareEmail({ emailDelivery }: ImportingCore, given: unknown): PreparedImport {
  const { settings, version } = emailDelivery.load();
  const after = merged('email', emailSettingsSchema, settings, given);
  const changes = emailDelivery.save({ after, version, dryRun: true });
  return {
    changes: prefixed('email', changes),
    apply: () => void emailDelivery.save({ after, version }),
  };
}

function prepareSynchronization(
  { synchronization, syncSettings }: ImportingCore,
  given: unknown,
): PreparedImport {
  const { value, version } = syncSettings.loadVersioned();
  const after = merged('synchronization', syncSettingsSchema, value, given);
  const changes = synchronization.saveSettings(after, { version, dryRun: true });
  return {
    changes: prefixed('synchronization', changes),
    apply: () => void synchronization.saveSettings(after, { version }),
  };
}

async function prepareGateway(
  { gateways }: ImportingCore,
  kind: GatewayKind,
  given: unknown,
): Promise<PreparedImport> {
  const { settings, version } = gateways[kind].load();
  const after = merged(`gateways.${kind}`, gatewaySettingsSchema, settings, given);
  const save = await gateways[kind].prepare({ after, version });
  return {
    changes: prefixed(`gateways.${kind}`, save({ dryRun: true })),
    apply: () => void save({ dryRun: false }),
  };
}

async function prepareWordings({ wordings }: ImportingCore, given: unknown): Promise<PreparedImport> {
  const texts = z.record(z.string(), z.string().nullable()).safeParse(given);
  if (!texts.success) throw invalid('wordings', 'is not a list of "name: text"');
  const { version } = wordings.load();
  const wanted = Object.entries(texts.data).map(([name, text]) => [parseWordingName(name), text] as const);
  const save = await wordings.prepare(wanted, version);
  return {
    changes: prefixed('wordings', save({ dryRun: true })),
    apply: () => void save({ dryRun: false }),
  };
}

/** The stored settings with those of a file on top. */
function merged<Schema extends z.ZodObject>(
  section: string,
  schema: Schema,
  stored: z.infer<Schema>,
  given: unknown,
): z.infer<Schema> {
  const named = sectionOf(section, given, Object.keys(schema.shape));
  const parsed = schema.safeParse({ ...stored, ...named });
  if (parsed.success) return parsed.data as z.infer<Schema>;
  const [issue] = parsed.error.issues;
  throw invalid([section, ...(issue?.path ?? [])].join('.'), issue?.message ?? 'is not valid');
}

function sectionOf(section: string, given: unknown, known: readonly string[]): Record<string, unknown> {
  const parsed = z.record(z.string(), z.unknown()).safeParse(given ?? {});
  if (!parsed.success) throw invalid(section, 'is not a list of "name: value"');
  const unknown = Object.keys(parsed.data).find((name) => !known.includes(name));
  if (unknown === undefined) return parsed.data;
  const near = nearest(unknown, known);
  throw new MfaError('settings.unknown', `There is no setting "${section}.${unknown}".`, {
    advice: near === undefined ? `There are ${known.join(', ')}.` : `Did you mean ${near}?`,
  });
}

function invalid(name: string, problem: string): MfaError {
  return new MfaError('settings.invalid', `${name} cannot be used: ${problem}.`, {
    advice: 'Nothing was changed.',
  });
}

function prefixed(section: string, changes: ExchangeChanges): ExchangeChanges {
  return Object.fromEntries(Object.entries(changes).map(([name, change]) => [`${section}.${name}`, change]));
}
