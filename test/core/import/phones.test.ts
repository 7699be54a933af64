import { describe, expect, test } from 'vitest';
import type { DirectoryUser } from '../../../src/core/directory/directory.ts';
import type { ImportRules } from '../../../src/core/import/import-rules.ts';
import { person } from '../../helpers/directory-people.ts';
import { importInto } from '../../helpers/memory-import.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';

const update = { updateExisting: true } as const;

describe('a phone of the directory', () => {
  test.each<[Partial<ImportRules>, DirectoryUser['phones'], object]>([
    [{}, { mobile: '(425) 555-0123' }, { phone: '+14255550123', extension: null }],
    [{}, { mobile: '+14255550123 x890' }, { phone: '+14255550123', extension: '890' }],
    [{}, { business: '+14255550123' }, { phone: null }],
    [{ phone: 'business' }, { business: '+442079460958', mobile: '12' }, { phone: '+442079460958' }],
    [{ phone: 'none' }, { mobile: '+14255550123' }, { phone: null }],
    [
      { phone: 'none', backupPhone: 'home' },
      { home: '425-555-0123 ext. 8,,9#' },
      { phone: null, backupPhone: '+14255550123', backupExtension: '8,,9#' },
    ],
  ])('by rules %j %j becomes %j', async (rules, phones, expected) => {
    const core = temporaryCore();
    const { lines } = await importInto(core, [person('ada', { phones })], { rules });
    expect(core.users.find('ada')).toMatchObject(expected);
    expect(lines[0]?.reason).toBeNull();
  });

  test('is read as one of the country of the company', async () => {
    const core = temporaryCore();
    core.companySettings.save({ ...core.companySettings.load(), defaultCountry: 'DE' });
    await importInto(core, [person('ada', { phones: { mobile: '01512 3500003' } })]);
    expect(core.users.find('ada').phone).toBe('+4915123500003');
  });

  test('takes its extension from an attribute when the number has none', async () => {
    const core = temporaryCore();
    const attributes = { extension: 'extensionAttribute1' };
    const phones = { mobile: '+14255550123' };
    const own = person('ben', { phones: { mobile: '+14255550123 x1' }, extension: '77' });
    const { lines } = await importInto(
      core,
      [person('ada', { phones, extension: '890' }), own, person('eve', { phones, extension: 'reception' })],
      { attributes },
    );
    expect(core.users.find('ada').extension).toBe('890');
    expect(core.users.find('ben').extension).toBe('1');
    expect(core.users.find('eve')).toMatchObject({ phone: '+14255550123', extension: null });
    expect(lines[2]?.reason).toContain('the extension was not taken over: "reception"');
  });

  test('that is not valid is noted and not stored, and is looked at again the next time', async () => {
    const core = temporaryCore();
    const rules = { backupPhone: 'home', ...update } as const;
    const ada = person('ada', { phones: { mobile: '12', home: 'front desk' } });
    const reason =
      'the mobile phone was not taken over: "12" is not a number that US has given out; ' +
      'the home phone was not taken over: "front desk" is not a phone number';
    const first = await importInto(core, [ada], { rules });
    expect(first.lines).toMatchObject([{ change: 'added', reason }]);
    expect(core.users.find('ada')).toMatchObject({ phone: null, backupPhone: null });
    const second = await importInto(core, [ada], { rules });
    expect(second.lines).toMatchObject([{ change: 'unchanged', reason }]);
    expect(core.runs.changes(second.run.id)).toMatchObject([{ change: 'unchanged', reason }]);
    expect((await importInto(core, [ada], { rules })).lines).toEqual(second.lines);
  });

  test('that is not valid leaves the number that was there', async () => {
    const core = await coreWith({ mobile: '+14255550123 x5' });
    const { lines } = await again(core, { mobile: '12' });
    expect(lines).toMatchObject([{ change: 'unchanged', reason: expect.stringContaining('"12"') }]);
    expect(core.users.find('ada')).toMatchObject({ phone: '+14255550123', extension: '5' });
  });
});

describe('at an update', () => {
  test('the number follows the directory, also when it is taken away', async () => {
    const core = await coreWith({ mobile: '+14255550123 x5' });
    await again(core, { mobile: '+14255550124' });
    expect(core.users.find('ada')).toMatchObject({ phone: '+14255550124', extension: null });
    await again(core, {});
    expect(core.users.find('ada')).toMatchObject({ phone: null, extension: null });
  });

  test('the number stays when phones are not kept in step, and is filled in when there is none', async () => {
    const core = await coreWith({ mobile: '+14255550123 x5' });
    core.companySettings.save({ ...core.companySettings.load(), keepPhoneInStep: false });
    const { lines } = await again(core, { mobile: '+14255550124', home: '+14255550125 x6' }, 'home');
    expect(lines[0]?.fields).toEqual({
      backupPhone: [null, '+14255550125'],
      backupExtension: [null, '6'],
    });
  });

  test('a number kept as set here is not joined with the extension of another', async () => {
    const core = await coreWith({ mobile: '+14255550123' });
    await core.users.edit('ada', { phone: '+14255550199' });
    await again(core, { mobile: '+14255550123 x12' });
    expect(core.users.find('ada')).toMatchObject({ phone: '+14255550199', extension: null });
  });

  test('a number stays when the attribute of the rules is not mapped to anything', async () => {
    const core = temporaryCore();
    const options = { attributes: { custom: 'otherMobile' }, rules: { phone: 'custom', ...update } } as const;
    await importInto(core, [person('ada', { phones: { custom: '+14255550123' } })], options);
    const { lines } = await importInto(core, [person('ada')], { ...options, attributes: {} });
    expect(lines).toMatchObject([{ change: 'unchanged' }]);
    expect(core.users.find('ada').phone).toBe('+14255550123');
  });
});

async function coreWith(phones: DirectoryUser['phones']): Promise<TemporaryCore> {
  const core = temporaryCore();
  await importInto(core, [person('ada', { phones })]);
  return core;
}

function again(
  core: TemporaryCore,
  phones: DirectoryUser['phones'],
  backupPhone: ImportRules['backupPhone'] = 'none',
) {
  return importInto(core, [person('ada', { phones })], { rules: { ...update, backupPhone } });
}
