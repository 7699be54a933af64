import { describe, expect, test } from 'vitest';
import type { DirectoryUser } from '../../../src/core/directory/directory.ts';
import type { ImportRules } from '../../../src/core/import/import-rules.ts';
import { person } from '../../helpers/directory-people.ts';
import { readySettings } from '../../helpers/mail-users.ts';
import { importInto } from '../../helpers/memory-import.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';

const rules: Partial<ImportRules> = { method: 'phoneCall', mode: 'standard', updateExisting: true };

/** A core in which ada is known with a phone, whom nobody was told of. */
async function coreWithAda() {
  const core = temporaryCore();
  core.emailDelivery.save({ after: readySettings });
  await importInto(core, [reachable('ada')], { rules });
  return core;
}

const reachable = (name: string, change: Partial<DirectoryUser> = {}) =>
  person(name, { email: `${name}@corp.example`, phones: { mobile: '+14255550123' }, ...change });

const mails = ({ outbox }: TemporaryCore) =>
  outbox.list().map(({ username, kind, state }) => `${username} ${kind} ${state}`);

describe('an import', () => {
  test.each<[ImportRules['sendEmail'], string[]]>([
    ['never', []],
    ['newUsers', ['carla userEnrollment queued', 'ben newUser queued']],
    ['newAndUpdatedUsers', ['carla userEnrollment queued', 'ben newUser queued', 'ada updatedUser queued']],
  ])('that sends mail "%s" queues %j', async (sendEmail, expected) => {
    const core = await coreWithAda();
    const people = [
      reachable('ada', { phones: { mobile: '+14255550199' } }),
      reachable('ben'),
      reachable('carla', { phones: {} }),
    ];
    const preview = await importInto(core, people, { rules: { ...rules, sendEmail }, dryRun: true });
    expect(mails(core)).toEqual([]);
    const { run } = await importInto(core, people, { rules: { ...rules, sendEmail } });
    expect(mails(core)).toEqual(expect.arrayContaining(expected));
    expect(mails(core)).toHaveLength(expected.length);
    const counted = sendEmail === 'never' ? undefined : expected.length;
    expect([preview.run.counts.mails, run.counts.mails]).toEqual([counted, counted]);
    await importInto(core, people, { rules: { ...rules, sendEmail } });
    expect(mails(core)).toHaveLength(expected.length);
  });

  test('does not write to users of whom something else was changed', async () => {
    const core = await coreWithAda();
    const moved = reachable('ada', { description: 'now in Sales', dn: 'CN=ada,OU=Sales,DC=corp,DC=test' });
    const { run } = await importInto(core, [moved], { rules: { ...rules, sendEmail: 'newAndUpdatedUsers' } });
    expect(run.counts).toMatchObject({ updated: 1, mails: 0 });
  });

  test('tells how many of the mails cannot be sent', async () => {
    const core = await coreWithAda();
    const people = [reachable('ben', { email: null }), reachable('carla')];
    const { run } = await importInto(core, people, { rules: { ...rules, sendEmail: 'newUsers' } });
    expect(run.counts).toMatchObject({ added: 2, mails: 2, mailsNotSent: 1 });
  });

  test('compares nobody anew because other people get mail', async () => {
    const core = await coreWithAda();
    const before = core.store.prepare('SELECT fingerprint FROM users').get();
    await importInto(core, [reachable('ada')], { rules: { ...rules, sendEmail: 'newUsers' } });
    expect(core.store.prepare('SELECT fingerprint FROM users').get()).toEqual(before);
  });

  test('that an older program has begun is continued without mail', async () => {
    const core = await coreWithAda();
    const { sendEmail: _, ...older } = (await importInto(core, [], { rules })).run.request.rules;
    const { run } = await importInto(core, [reachable('ben')], { rules: older });
    expect(run.counts).toMatchObject({ added: 1 });
    expect(run.counts.mails).toBeUndefined();
  });
});
