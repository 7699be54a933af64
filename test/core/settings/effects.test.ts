import { describe, expect, it } from 'vitest';
import { composeMail } from '../../../src/core/email/templates/compose-mail.ts';
import { MailTemplates } from '../../../src/core/email/templates/mail-templates.ts';
import { isMfaError } from '../../../src/core/errors.ts';
import {
  decideWhenDisabled,
  decideWhenUnreachable,
  isPinExpired,
  lockedOutUntil,
  rightsOf,
} from '../../../src/core/settings/authentication-rules.ts';
import { importSettings, type SettingKey } from '../../../src/core/settings/change-settings.ts';
import type { CompanySettings } from '../../../src/core/settings/company-settings.ts';
import type { UserInput } from '../../../src/core/users/user-input.ts';
import { person } from '../../helpers/directory-people.ts';
import { importInto } from '../../helpers/memory-import.ts';
import { runCommand } from '../../helpers/run-command.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';

type Observe = (core: TemporaryCore) => unknown;

/** What is seen with one value and with another, all else being the same. */
interface Effect<Value> {
  readonly of: Observe;
  readonly seen: readonly (readonly [value: Value, what: unknown])[];
  /** Other settings that it needs. */
  readonly with?: Partial<CompanySettings>;
}

const phone = '+14255550123';

async function userAdded(core: TemporaryCore, input: Partial<UserInput> = {}) {
  const { user } = await core.users.add({ username: 'amara', ...input });
  return user;
}

async function mail(core: TemporaryCore, kind: 'newUser' | 'userEnrollment'): Promise<string> {
  const user = await userAdded(core, { phone, method: 'phoneCall' });
  const services = { templates: new MailTemplates(core), companySettings: core.companySettings };
  return composeMail(services, { user, kind }).text;
}

/** The code of what kept each of the PINs from being set, one after the other. */
async function pinsSet(core: TemporaryCore, ...pins: string[]): Promise<(string | null)[]> {
  await userAdded(core);
  const outcomes: (string | null)[] = [];
  for (const pin of pins) {
    const [result] = await core.users.setPin(['amara'], { pin });
    outcomes.push(result?.error?.code ?? null);
  }
  return outcomes;
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    return isMfaError(error) ? error.code : String(error);
  }
}

/** For how many minutes somebody is locked out who failed so many minutes ago; null for nobody. */
function lockedMinutes(core: TemporaryCore, minutesAgo: readonly number[]): number | null {
  const now = core.testClock.now;
  const failures = minutesAgo.map((minutes) => new Date(now.getTime() - minutes * 60_000));
  const until = lockedOutUntil(core.companySettings.load(), failures, now);
  return until === null ? null : (until.getTime() - now.getTime()) / 60_000;
}

const rights: Observe = (core) =>
  rightsOf({ mayChangePhone: null, mayChangePin: null }, core.companySettings.load());

/** The phone after an import in which the directory has another one than the user. */
async function phoneAfterUpdate(core: TemporaryCore): Promise<string | null> {
  const rules = { updateExisting: true };
  await importInto(core, [person('amara', { phones: { mobile: phone } })], { rules });
  await importInto(core, [person('amara', { phones: { mobile: '+14255550199' } })], { rules });
  return core.users.find('amara').phone;
}

/** How long a user is let through, or kept out, when nothing else was said; seconds. */
async function secondsOf(core: TemporaryCore, what: 'bypass' | 'block'): Promise<number> {
  await userAdded(core);
  await core.users[what](['amara'], { reason: 'lost phone' });
  const { bypassUntil, blockedUntil } = core.users.find('amara');
  const until = what === 'bypass' ? bypassUntil : blockedUntil;
  return (new Date(until ?? 0).getTime() - core.testClock.now.getTime()) / 1000;
}

function language(
  field: 'languagePhoneCall' | 'languageTextMessage' | 'languageMobileApp' | 'languageOathToken',
) {
  const of: Observe = async (core) => {
    await importInto(core, [person('imported')]);
    return [(await userAdded(core))[field], core.users.find('imported')[field]];
  };
  return {
    of,
    seen: [
      [null, [null, null]],
      ['ja', ['ja', 'ja']],
    ],
  } as const;
}

const effects: { readonly [Key in SettingKey]: Effect<CompanySettings[Key]> } = {
  companyName: {
    of: (core) => mail(core, 'newUser'),
    seen: [
      ['', expect.not.stringContaining('Contoso')],
      ['Contoso', expect.stringContaining('Contoso')],
    ],
  },
  portalUrl: {
    of: (core) => mail(core, 'userEnrollment'),
    seen: [
      ['', expect.not.stringContaining('https:')],
      ['https://mfa.corp.example', expect.stringContaining('https://mfa.corp.example')],
    ],
  },
  defaultCountry: {
    of: async (core) => (await userAdded(core, { phone: '030 1234567' })).phone,
    seen: [
      ['DE', '+49301234567'],
      ['IT', '+390301234567'],
    ],
  },
  defaultMethod: {
    of: async (core) => (await userAdded(core)).method,
    seen: [
      [null, null],
      ['oathToken', 'oathToken'],
    ],
  },
  defaultMode: {
    of: async (core) => (await userAdded(core)).mode,
    with: { defaultMethod: 'textMessage' },
    seen: [
      ['oneWayOtpPin', 'oneWayOtpPin'],
      ['twoWayOtp', 'twoWayOtp'],
    ],
  },
  keepPhoneInStep: {
    of: phoneAfterUpdate,
    seen: [
      [true, '+14255550199'],
      [false, phone],
    ],
  },
  userMayChangePhone: {
    of: rights,
    seen: [
      [true, { mayChangePhone: true, mayChangePin: true }],
      [false, { mayChangePhone: false, mayChangePin: true }],
    ],
  },
  whenSenderUnreachable: {
    of: (core) =>
      [true, false].map((hasToken) => decideWhenUnreachable(core.companySettings.load(), hasToken)),
    seen: [
      ['fail', ['fail', 'fail']],
      ['succeed', ['succeed', 'succeed']],
      ['oathToken', ['oathToken', 'fail']],
    ],
  },
  whenUserDisabled: {
    of: (core) => decideWhenDisabled(core.companySettings.load()),
    seen: [
      ['fail', 'fail'],
      ['succeed', 'succeed'],
    ],
  },
  auditKeptDays: {
    of: async (core) => (await runCommand(core.folder, ['audit', 'trim', '--dry-run', '--json'])).exitCode,
    seen: [
      [null, 2],
      [30, 0],
    ],
  },
  pinMinimumLength: {
    of: (core) => pinsSet(core, '7395', '739516'),
    seen: [
      [4, [null, null]],
      [6, ['pin.invalid', null]],
    ],
  },
  preventWeakPins: {
    of: (core) => pinsSet(core, '1237', '1117'),
    seen: [
      [true, ['pin.invalid', 'pin.invalid']],
      [false, [null, null]],
    ],
  },
  userMayChangePin: {
    of: rights,
    seen: [
      [true, { mayChangePhone: false, mayChangePin: true }],
      [false, { mayChangePhone: false, mayChangePin: false }],
    ],
  },
  pinHistory: {
    of: (core) => pinsSet(core, '7395', '6284', '7395'),
    seen: [
      [5, [null, null, 'pin.invalid']],
      [0, [null, null, null]],
    ],
  },
  pinExpiryDays: {
    of: (core) => {
      const setAt = new Date(core.testClock.now.getTime() - 90 * 86_400_000);
      return isPinExpired(core.companySettings.load(), setAt, core.testClock.now);
    },
    seen: [
      [null, false],
      [91, false],
      [90, true],
    ],
  },
  lockoutFailures: {
    of: (core) => lockedMinutes(core, [2, 1, 0]),
    seen: [
      [3, 30],
      [4, null],
      [null, null],
    ],
  },
  lockoutResetMinutes: {
    of: (core) => lockedMinutes(core, [20, 1, 0]),
    with: { lockoutFailures: 3 },
    seen: [
      [21, 30],
      [20, null],
    ],
  },
  lockoutUnlockMinutes: {
    of: (core) => lockedMinutes(core, [2, 1, 0]),
    with: { lockoutFailures: 3 },
    seen: [
      [15, 15],
      [60, 60],
    ],
  },
  bypassSeconds: {
    of: (core) => secondsOf(core, 'bypass'),
    seen: [
      [300, 300],
      [60, 60],
    ],
  },
  bypassMaximumSeconds: {
    of: async (core) => {
      await userAdded(core);
      return codeOf(core.users.bypass(['amara'], { reason: 'lost phone', seconds: 3600 }));
    },
    seen: [
      [3600, 'done'],
      [1800, 'user.invalid'],
    ],
  },
  blockDays: {
    of: (core) => secondsOf(core, 'block'),
    seen: [
      [90, 90 * 86_400],
      [7, 7 * 86_400],
    ],
  },
  languagePhoneCall: language('languagePhoneCall'),
  languageTextMessage: language('languageTextMessage'),
  languageMobileApp: language('languageMobileApp'),
  languageOathToken: language('languageOathToken'),
  usernameResolution: {
    of: async (core) => {
      const directory = await core.openDirectory();
      const { users } = await directory.search('smith', 1);
      await directory.close();
      const [smith] = users;
      await importInto(core, smith === undefined ? [] : [smith]);
      return codeOf(core.resolveUser(`CORP\\${smith?.accountName}`));
    },
    seen: [
      ['asGiven', 'user.notFound'],
      ['directoryId', 'done'],
    ],
  },
};

const cases = Object.entries(effects as Record<string, Effect<unknown>>).flatMap(([key, effect]) =>
  effect.seen.map(([value, what]) => ({ key, value, what, effect })),
);

describe('the company setting', () => {
  it.each(cases)('$key=$value has its effect', async ({ key, value, what, effect }) => {
    const core = temporaryCore();
    importSettings(core, { ...effect.with, [key]: value });
    expect(await effect.of(core)).toEqual(what);
  });

  it.each(Object.entries(effects as Record<string, Effect<unknown>>))(
    '%s is seen to make a difference',
    (_, { seen }) => {
      expect(new Set(seen.map(([, what]) => JSON.stringify(what))).size).toBeGreaterThan(1);
    },
  );
});
