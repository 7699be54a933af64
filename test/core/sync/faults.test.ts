import { afterAll, beforeAll, expect, test } from 'vitest';
import { isMfaError } from '../../../src/core/errors.ts';
import type { SyncRun } from '../../../src/core/runs/run.ts';
import { Synchronization } from '../../../src/core/sync/synchronization.ts';
import type { User } from '../../../src/core/users/user.ts';
import { connect } from '../../helpers/connected-core.ts';
import { changeAtRandom } from '../../helpers/random-changes.ts';
import {
  addItems,
  isFound,
  makeSynchronizedDomain,
  type SynchronizedDomain,
} from '../../helpers/synchronized-domain.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';
import { DomainEditor } from '../../servers/domain-editor.ts';
import { type FaultProxy, inventFault, type ProxyFault, startFaultProxy } from '../../servers/fault-proxy.ts';
import { describeWithServer, sambaServer } from '../../servers/require-server.ts';
import { type DomainController, startDomainController } from '../../servers/samba.ts';

const lanes = 20;
const casesOfLane = 10;
/** In so many lanes people are read in a thread, as the program does it; it is the slower part of a run. */
const threadedLanes = 2;
/** For what a fault holds up. */
const patienceSeconds = 1;
/** For the truth, however busy the machine is. */
const muchPatienceSeconds = 120;

describeWithServer('synchronizing through a network that cuts, ends, stalls or delays', sambaServer, () => {
  let controller: DomainController;
  let editor: DomainEditor;

  beforeAll(async () => {
    controller = await startDomainController();
    editor = await DomainEditor.open(controller);
  });

  afterAll(async () => {
    await editor?.close();
    await controller?.stop();
  });

  test(`tells the truth or fails, and takes nothing from anybody who is there, in ${lanes * casesOfLane} cases`, async () => {
    const outcomes = { completed: 0, failed: 0, disabled: 0 };
    await Promise.all(
      Array.from({ length: lanes }, async (_, number) => {
        const lane = await Lane.open(controller, editor, number);
        try {
          for (let index = 0; index < casesOfLane; index += 1) await lane.attempt(index, outcomes);
        } finally {
          await lane.proxy.stop();
        }
      }),
    );
    // Faults that strike never, or always, or where nobody leaves, would prove nothing.
    expect(outcomes.completed).toBeGreaterThan(10);
    expect(outcomes.failed).toBeGreaterThan(50);
    expect(outcomes.disabled).toBeGreaterThan(50);
  }, 300_000);
});

/** A part of the domain and a data directory of its own, so that many cases can go on at once. */
class Lane {
  readonly proxy: FaultProxy;
  readonly #number: number;
  readonly #core: TemporaryCore;
  readonly #sync: Synchronization;
  readonly #world: SynchronizedDomain;
  /** Of one connection of the last run without faults. */
  #bytes = 0;

  private constructor(
    number: number,
    proxy: FaultProxy,
    core: TemporaryCore,
    sync: Synchronization,
    world: SynchronizedDomain,
  ) {
    this.#number = number;
    this.proxy = proxy;
    this.#core = core;
    this.#sync = sync;
    this.#world = world;
  }

  static async open(controller: DomainController, editor: DomainEditor, number: number): Promise<Lane> {
    const { host, ports, ca, administrator } = controller;
    const world = await makeSynchronizedDomain(editor, `lane${number}`, `faults ${number}`);
    const proxy = await startFaultProxy({ host, port: ports.ldaps });
    const core = temporaryCore();
    const { userPrincipalName: bindUser, password } = administrator;
    const urls = [`ldaps://${host}:${proxy.port}`];
    connect(core, { urls, ca, bindUser, baseDn: world.domain.dn(world.company), pageSize: 4 }, password);
    const sync = number < threadedLanes ? core.synchronization : unthreaded(core);
    core.syncSettings.save({ ...sync.settings(), approvalCount: 999, approvalPercent: 100 });
    addItems(sync, world);
    const lane = new Lane(number, proxy, core, sync, world);
    await lane.#recover('at first');
    return lane;
  }

  /** Changes something, synchronizes through a fault, and then without one. */
  async attempt(index: number, outcomes: { completed: number; failed: number; disabled: number }) {
    const seed = this.#number * casesOfLane + index;
    const changes: string[] = [];
    for (let count = 1 + this.#world.random.below(3); count > 0; count -= 1) {
      changes.push(await changeAtRandom(this.#world));
    }
    if (index % 2 === 0) changes.push(await this.#letSomebodyLeave());
    const fault = faultOf(seed, Math.ceil(this.#bytes * 1.5));
    const told = `case ${seed}, ${JSON.stringify(fault)}, ${changes.join('; ')}`;
    const before = this.#users();
    const run = await this.#run(fault, fault.kind === 'delay' ? muchPatienceSeconds : patienceSeconds);
    if (run?.state === 'completed') {
      outcomes.completed += 1;
      this.#expectTruth(told);
    } else {
      outcomes.failed += 1;
      this.#expectNothingTaken(before, told);
    }
    // After two faults in a row as well as after one.
    const last = index % 2 === 1 ? await this.#recover(told) : run;
    outcomes.disabled += (run === last ? 0 : (run?.counts.disabled ?? 0)) + (last?.counts.disabled ?? 0);
  }

  async #letSomebodyLeave(): Promise<string> {
    const { domain, random } = this.#world;
    const person = random.pick(domain.all('person').filter((one) => isFound(this.#world, one)));
    if (person === undefined) return 'nobody could leave';
    await domain.delete(person);
    return `deleted ${domain.path(person)}`;
  }

  /** @returns null when not even a run could begin */
  async #run(fault: ProxyFault, timeLimitSeconds: number): Promise<SyncRun | null> {
    const { directorySettings } = this.#core;
    directorySettings.save({
      ...directorySettings.load(),
      timeLimitSeconds,
      connectTimeoutSeconds: timeLimitSeconds,
    });
    this.proxy.fault = fault;
    try {
      const run = await this.#sync.run({});
      if (run.state !== 'completed') expect(run.error?.code).toMatch(/^directory\./);
      return run;
    } catch (error) {
      if (!isMfaError(error) || !error.code.startsWith('directory.')) throw error;
      return null;
    }
  }

  async #recover(told: string): Promise<SyncRun> {
    const bytes = this.proxy.passedBytes();
    const connections = this.proxy.connectionCount();
    const run = await this.#run({ kind: 'none' }, muchPatienceSeconds);
    expect(run, told).toMatchObject({ state: 'completed', error: null });
    this.#bytes = (this.proxy.passedBytes() - bytes) / (this.proxy.connectionCount() - connections);
    this.#expectTruth(told);
    return run as SyncRun;
  }

  #users(): Map<string, User> {
    return new Map(this.#core.users.list().users.map((user) => [user.directoryId ?? '', user]));
  }

  #expectNothingTaken(before: ReadonlyMap<string, User>, told: string): void {
    const after = this.#users();
    for (const [id, { enabled, username }] of before) {
      expect(after.has(id), `${username} is there, ${told}`).toBe(true);
      if (enabled) expect(after.get(id)?.enabled, `${username} is enabled, ${told}`).toBe(true);
    }
  }

  /** Who is found is enabled as their account is, unless another one has their name, and nobody else is. */
  #expectTruth(told: string): void {
    const { domain } = this.#world;
    const users = this.#users();
    const found = domain.all('person').filter((person) => isFound(this.#world, person));
    for (const person of found) {
      const user = users.get(person.directoryId);
      const username = domain.username(person);
      const holder = [...users.values()].find((one) => one.username === username);
      if (holder !== undefined && holder !== user) continue;
      const truth = { enabled: person.isEnabled, directoryDn: domain.dn(person) };
      const { enabled, directoryDn } = user ?? {};
      expect({ enabled, directoryDn }, `${username}, ${told}`).toEqual(truth);
    }
    const ids = new Set(found.map(({ directoryId }) => directoryId));
    for (const user of users.values()) {
      const isKept = user.username.includes('keeper@');
      if (!ids.has(user.directoryId ?? '') && !isKept) {
        expect(user.enabled, `${user.username} has left, ${told}`).toBe(false);
      }
    }
  }
}

/** As the core has it, without a thread. */
function unthreaded(core: TemporaryCore): Synchronization {
  return new Synchronization({
    ...core,
    openDirectory: (signal) => core.openDirectory(signal),
    async *listUsers(selection, options) {
      const directory = await core.openDirectory(options?.signal);
      try {
        yield* directory.users(selection, options);
      } finally {
        await directory.close();
      }
    },
  });
}

function faultOf(seed: number, maxBytes: number): ProxyFault {
  return seed % 10 === 9 ? { kind: 'delay', delayMs: 1 + (seed % 40) } : inventFault(seed, maxBytes);
}
