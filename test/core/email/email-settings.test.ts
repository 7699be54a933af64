import { describe, expect, it } from 'vitest';
import { listAudit } from '../../../src/core/audit/audit-query.ts';
import { settingsFor } from '../../helpers/email-settings.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';

describe('settings of e-mail', () => {
  it.each([
    ['a From address with a line break', { from: 'a@b.example\r\nBcc: c@d.example' }, 'mail.invalid'],
    ['a list as From address', { from: 'a@b.example, c@d.example' }, 'mail.invalid'],
    ['a From name of two lines', { fromName: 'a\nb' }, 'mail.invalid'],
    ['a folder that is no full path', { pickupFolder: 'mails' }, 'mail.invalid'],
    ['no encryption that nobody accepted', { acceptsPlain: false }, 'mail.plainNotAccepted'],
  ] as const)('are not saved with %s', (_what, change, code) => {
    const core = temporaryCore();
    const before = core.emailDelivery.load();
    expect(() => core.emailDelivery.save({ after: settingsFor(25, change) })).toThrow(
      expect.objectContaining({ code }),
    );
    expect(core.emailDelivery.load()).toEqual(before);
  });

  it('keep the password sealed, and drop it with the account', () => {
    const core = temporaryCore();
    const changes = core.emailDelivery.save({
      after: settingsFor(25, { user: 'mfa' }),
      password: 'topsecret',
    });
    expect(changes.password).toEqual([null, 'set anew']);
    expect(core.emailDelivery.load().hasPassword).toBe(true);
    expect(JSON.stringify([core.emailDelivery.load(), listAudit(core.store, {}, 5)])).not.toContain(
      'topsecret',
    );
    expect(core.emailDelivery.save({ after: settingsFor(25) }).password).toEqual(['set', null]);
    expect(core.emailDelivery.load().hasPassword).toBe(false);
  });
});
