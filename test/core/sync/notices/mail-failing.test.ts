import { expect, test } from 'vitest';
import { MfaError } from '../../../../src/core/errors.ts';
import { mailFailing } from '../../../../src/core/sync/notices/mail-failing.ts';
import {
  ChangingDirectory,
  container,
  definition,
  synchronizationWith,
} from '../../../helpers/changing-directory.ts';
import { settingsFor } from '../../../helpers/email-settings.ts';
import { temporaryCore } from '../../../helpers/temporary-core.ts';

const hour = 3600;

test('administrators are told once a day that synchronization fails for a day, until it succeeds', async () => {
  const core = temporaryCore();
  core.emailDelivery.save({ after: settingsFor(1, { administrators: ['ada@corp.example'] }) });
  const directory = new ChangingDirectory();
  const staff = directory.ou('Staff');
  directory.add('p', staff);
  const sync = synchronizationWith(core, directory);
  sync.items.add('Staff', definition(container(staff)));
  const attempt = async (seconds: number, isFailing: boolean) => {
    core.testClock.forward(seconds);
    directory.beforePage = () => {
      if (isFailing) throw new MfaError('directory.timeout', 'dc1 does not answer.');
    };
    await sync.run({});
    await mailFailing(core);
    return core.outbox.count();
  };
  expect(await attempt(0, false)).toBe(0);
  expect(await attempt(hour, true)).toBe(0);
  expect(await attempt(23 * hour, true)).toBe(0);
  expect(await attempt(hour, true)).toBe(1);
  expect(await attempt(23 * hour, true)).toBe(1);
  expect(await attempt(hour, true)).toBe(2);
  expect(await attempt(48 * hour, false)).toBe(2);
  expect(await attempt(hour, true)).toBe(2);
  expect(await attempt(24 * hour, true)).toBe(3);
  const [mail] = core.outbox.list();
  const { content } = core.outbox.find(mail?.id ?? 0);
  expect(content?.subject).toMatch(/^Synchronization on .* has failed since 2026-03-06 12:00 UTC$/);
  expect(content?.text).toContain('2 attempts in a row have failed.');
  expect(content?.text).toContain('The last error: dc1 does not answer.');
});
