import { BerWriter, Control } from 'ldapts';
import { berTag } from './ber-cursor.ts';
import type { LdapConnection } from './connection.ts';
import { parseFilter } from './filter-text.ts';
import { resultCode } from './result-errors.ts';

export const dirSyncOid = '1.2.840.113556.1.4.841';
const showDeletedOid = '1.2.840.113556.1.4.417';

/** Asks for what changed since a cookie (MS-ADTS 3.1.1.3.4.1.3). */
class DirSyncControl extends Control {
  constructor() {
    super(dirSyncOid, { critical: true });
  }

  protected override writeControl(writer: BerWriter): void {
    const value = new BerWriter();
    value.startSequence();
    const noFlags = 0;
    value.writeInt(noFlags);
    const fewestBytes = 1;
    value.writeInt(fewestBytes);
    value.writeString('');
    value.endSequence();
    writer.writeBuffer(value.buffer, berTag.octetString);
  }
}

/** Whether the account may ask for changes of the whole domain ("Replicating Directory Changes"). */
export async function mayReadChanges(
  connection: LdapConnection,
  namingContext: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const { result } = await connection.search(
    {
      baseDn: namingContext,
      scope: 'sub',
      filter: parseFilter('(objectClass=domainDNS)'),
      attributes: ['objectClass'],
      controls: [new DirSyncControl()],
    },
    signal,
  );
  return result.code === resultCode.success;
}

/** Whether the account sees the container in which deleted objects are kept. */
export async function mayReadDeleted(
  connection: LdapConnection,
  namingContext: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const { entries, result } = await connection.search(
    {
      baseDn: `CN=Deleted Objects,${namingContext}`,
      scope: 'base',
      filter: parseFilter('(objectClass=*)'),
      attributes: ['1.1'],
      controls: [new Control(showDeletedOid, { critical: true })],
    },
    signal,
  );
  return result.code === resultCode.success && entries.length > 0;
}
