import { describe, expect, it } from 'vitest';
import type { RawEntry } from '../../../../src/core/directory/attributes.ts';
import { compileFilter } from '../../../../src/core/directory/sample/match-filter.ts';

const entry: RawEntry = {
  dn: 'CN=Jürgen Müller,OU=Sales,DC=corp',
  distinguishedName: 'CN=Jürgen Müller,OU=Sales,DC=corp',
  objectClass: ['top', 'person', 'user'],
  objectCategory: 'CN=Person,CN=Schema,CN=Configuration,DC=corp',
  sn: 'Müller',
  userAccountControl: '514',
  logonCount: '9',
  memberOf: ['CN=Staff,DC=corp'],
  objectGUID: Buffer.from('00ff10a0', 'hex'),
};
const isMember = (_: string, group: string) => group === 'CN=All,DC=corp';

describe('a filter', () => {
  it.each([
    ['(sn=müller)', true],
    ['(SN=M*LL*)', true],
    ['(sn=M*x*)', false],
    ['(sn=*m\\c3\\bcller*)', true],
    ['(sn=m\\c3\\bcller)', true],
    ['(sn=Mü*üller)', false],
    ['(objectClass=USER)', true],
    ['(objectCategory=person)', true],
    ['(objectCategory=cn=person, cn=schema, cn=configuration, dc=corp)', true],
    ['(mail=*)', false],
    ['(!(mail=*))', true],
    ['(&(sn=*)(|(mail=*)(objectClass=person)))', true],
    ['(userAccountControl:1.2.840.113556.1.4.803:=2)', true],
    ['(userAccountControl:1.2.840.113556.1.4.803:=3)', false],
    ['(userAccountControl:1.2.840.113556.1.4.804:=3)', true],
    ['(memberOf=cn=staff, dc=corp)', true],
    ['(memberOf:1.2.840.113556.1.4.1941:=CN=All,DC=corp)', true],
    ['(memberOf:1.2.840.113556.1.4.1941:=CN=None,DC=corp)', false],
    ['(logonCount>=10)', false],
    ['(logonCount<=10)', true],
    ['(objectGUID=\\00\\ff\\10\\a0)', true],
    ['sn=müller', true],
  ])('%s matches: %s', (filter, expected) => {
    expect(compileFilter(filter, isMember)(entry)).toBe(expected);
  });

  it.each(['(sn=x', '(&)', '(sn)', '(sn=a(b)', '(sn=\\zz)'])('%s cannot be read', (filter) => {
    expect(() => compileFilter(filter, isMember)).toThrowError(
      expect.objectContaining({ code: 'directory.filterInvalid' }),
    );
  });
});
