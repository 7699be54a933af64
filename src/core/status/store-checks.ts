import { verifyAudit } from '../audit/verify-audit.ts';
import type { Clock } from '../clock.ts';
import { isMfaError, MfaError, messageOf } from '../errors.ts';
import type { MasterKey } from '../secrets/master-key.ts';
import { Secrets } from '../secrets/secrets.ts';
import { schemaVersion } from '../store/migrate.ts';
import type { Store } from '../store/store.ts';
import { type Check, failed, passed } from './check.ts';

/** A check whose subject could not even be opened. */
export function failedToOpen(name: string, error: unknown): Check {
  if (!isMfaError(error)) return failed(name, messageOf(error), null);
  return failed(name, error.message, error.advice ?? null);
}

export function checkIntegrity(store: Store): Check {
  const name = 'Database';
  const [first, ...others] = integrityErrors(store);
  if (first === undefined) return passed(name, `${store.file} is sound.`);
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return failed(
    name,
    `${store.file} is damaged: ${first}${more}.`,
    'Restore the newest backup with "mfa-console restore FILE"; look for a failing disk.',
  );
}

export function checkSchema(): Check {
  return passed('Schema', `The schema is ${schemaVersion}, which this program knows.`);
}

/** That the key opens what was sealed: a key file put back from another installation looks right otherwise. */
export function checkMasterKey(store: Store, masterKey: MasterKey, clock: Clock): Check {
  const name = 'Master key';
  const secrets = new Secrets(store, masterKey, clock);
  const names = store.prepare<{ name: string }>('SELECT name FROM secrets ORDER BY name').all();
  const unreadable = names.filter((secret) => !opens(() => secrets.get(secret.name)));
  if (unreadable.length === 0) return passed(name, `It opens all ${names.length} stored secrets.`);
  return failed(
    name,
    `It does not open: ${unreadable.map((secret) => secret.name).join(', ')}.`,
    'Put the master.key of this installation back, or enter these secrets again.',
  );
}

export function checkAudit(store: Store, masterKey: MasterKey): Check {
  const name = 'Audit log';
  const { ok, events, problems } = verifyAudit(store, masterKey.derive('audit'));
  if (ok) return passed(name, `All ${events} events are as they were written.`);
  const [first] = problems;
  return failed(
    name,
    `It is broken at event ${first?.sequence}: ${first?.problem}`,
    'See "mfa-console audit verify"; find out who could write the database, and compare with an export or backup.',
  );
}

function integrityErrors(store: Store): string[] {
  try {
    return store.integrityErrors();
  } catch (error) {
    return [messageOf(error)];
  }
}

function opens(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof MfaError) return false;
    throw error;
  }
}
