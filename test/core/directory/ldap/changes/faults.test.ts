import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChangeCursor } from '../../../../../src/core/directory/changes.ts';
import type { Directory } from '../../../../../src/core/directory/directory.ts';
import { systemServers } from '../../../../../src/core/directory/directory-servers.ts';
import { directorySettingsSchema } from '../../../../../src/core/directory/directory-settings.ts';
import { openLdapDirectory } from '../../../../../src/core/directory/ldap/ldap-directory.ts';
import { isMfaError } from '../../../../../src/core/errors.ts';
import { inventFault, type ProxyFault, startFaultProxy } from '../../../../servers/fault-proxy.ts';
import { describeWithServer, sambaServer } from '../../../../servers/require-server.ts';
import { type DomainController, startDomainController } from '../../../../servers/samba.ts';
import { collect } from '../open-test-directory.ts';
import { begin, readChanges } from './read-changes.ts';

const cases = 200;
const atOnce = 25;
const staff = 60;
const patienceSeconds = 3;

describeWithServer('behind a network that cuts, ends or stalls connections', sambaServer, () => {
  let controller: DomainController;
  let base: string;
  let cursor: ChangeCursor;
  let people: string[];

  beforeAll(async () => {
    controller = await startDomainController();
    base = await controller.content.organizationalUnit('Base');
    people = await controller.content.users(base, staff);
    const { result } = await visit(controller.ports.ldaps, (directory) => begin(directory));
    cursor = result;
    await controller.content.users(base, staff, { first: staff });
    await controller.content.delete(people[0] ?? '');
  });

  afterAll(() => controller?.stop());

  /**
   * Opens the directory at a port of the controller's address, and closes it after the work. The truth is waited
   * for however busy the machine is; what a fault holds up is not.
   */
  async function visit<Result>(
    port: number,
    work: (directory: Directory) => Promise<Result>,
    timeLimitSeconds = 60,
  ) {
    const { userPrincipalName: bindUser, password } = controller.administrator;
    const settings = directorySettingsSchema.parse({
      type: 'activeDirectory',
      urls: [`ldaps://${controller.host}:${port}`],
      ca: controller.ca,
      bindUser,
      baseDn: base,
      pageSize: 20,
      connectTimeoutSeconds: patienceSeconds,
      timeLimitSeconds,
    });
    const directory = await openLdapDirectory(settings, password, systemServers());
    try {
      return { result: await work(directory) };
    } finally {
      await directory.close();
    }
  }

  const listing = async (directory: Directory) => {
    const { users } = await collect(directory, { scope: 'container', dn: base, includeSubtree: true });
    return { users: users.map(({ directoryId }) => directoryId).sort(), deleted: [] as string[] };
  };
  const delta = async (directory: Directory) => {
    const { users, deleted, missing } = await readChanges(directory, { ...cursor, server: '' });
    expect(missing).toEqual([]);
    return { users: users.map(({ directoryId }) => directoryId).sort(), deleted };
  };

  test(`a listing and a delta tell the truth or fail, in ${cases} cases`, async () => {
    const works = [listing, delta] as const;
    const truths: Awaited<ReturnType<typeof listing>>[] = [];
    const bytes: number[] = [];
    for (const work of works) {
      const proxy = await startFaultProxy({ host: controller.host, port: controller.ports.ldaps });
      truths.push((await visit(proxy.port, work)).result);
      bytes.push(proxy.passedBytes());
      await proxy.stop();
    }
    expect(truths.map(({ users, deleted }) => [users.length, deleted.length])).toEqual([
      [2 * staff - 1, 0],
      [staff, 1],
    ]);

    const outcomes = { truth: 0, failure: 0 };
    async function attempt(seed: number): Promise<void> {
      const which = seed % works.length;
      const work = works[which] ?? listing;
      // A little more than is needed, so that some come through.
      const fault: ProxyFault = inventFault(seed, Math.ceil((bytes[which] ?? 0) * 1.3));
      const proxy = await startFaultProxy({ host: controller.host, port: controller.ports.ldaps, fault });
      try {
        const { result } = await visit(proxy.port, work, patienceSeconds);
        expect(result, `seed ${seed}: ${JSON.stringify(fault)}`).toEqual(truths[which]);
        outcomes.truth += 1;
      } catch (error) {
        if (!isMfaError(error) || !error.code.startsWith('directory.')) throw error;
        outcomes.failure += 1;
      } finally {
        await proxy.stop();
      }
    }
    for (let seed = 0; seed < cases; seed += atOnce) {
      await Promise.all(Array.from({ length: atOnce }, (_, index) => attempt(seed + index)));
    }
    expect(outcomes.truth).toBeGreaterThan(0);
    expect(outcomes.failure).toBeGreaterThan(0);
  }, 300_000);
});
