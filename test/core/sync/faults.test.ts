import { afterAll, beforeAll, expect, test } from 'vitest';
import { isMfaError } from '../../../src/core/errors.ts';
import type { SyncRun } from '../../../src/core/runs/run.ts';
import { Synchronization } from '../../../src/core/sync/synchronization.ts';
import type { User } from '../../../src/core/users/user.ts';
import { connect } from '../../helpers/connected-core.ts';
import { expectLikeFresh } from '../../helpers/like-fresh.ts';
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

const lanes = 10;
const casesOfLane = 20;
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
    const outcomes: Outcomes = { completed: 0, failed: 0, gone: 0, byChanges: 0 };
    const ended = await Promise.allSettled(
      Array.from({ length: lanes }, async (_, number) => {
        const lane = await Lane.open(controller, editor, number);
        try {
          for (let index = 0; index < casesOfLane; index += 1) await lane.attempt(index, outcomes);
          await lane.expectLikeFresh();
        } finally {
          await lane.proxy.stop();
        }
      }),
    );
    for (const one of ended) if (one.status === 'rejected') throw one.reason;
    // Faults that strike never, or always, or where nobody leaves, would prove nothing.
    expect(outcomes.completed).toBeGreaterThan(10);
    expect(outcomes.failed).toBeGreaterThan(50);
    expect(outcomes.gone).toBeGreaterThan(50);
    expect(outcomes.byChanges).toBeGreaterThan(50);
  }, 900_000);
});

interface Outcomes {
  completed: number;
  failed: number;
  /** Who was disabled or removed, as they should be. */
  gone: number;
  /** Runs that read only what changed. */
  byChanges: number;
}

/** A part of the domain and a data directory of its own, so that many cases can go on at once. */
class Lane {
  readonly proxy: FaultProxy;
  readonly #controller: DomainController;
  readonly #number: number;
  readonly #core: TemporaryCore;
  readonly #sync: Synchronization;
  readonly #world: SynchronizedDomain;
  /** Of one connection of a whole run. */
  #bytes = 0;

  private constructor(
    controller: DomainController,
    number: number,
    proxy: FaultProxy,
    world: SynchronizedDomain,
  ) {
    this.#controller = controller;
    this.#number = number;
    this.proxy = proxy;
    this.#world = world;
    this.#core = coreOf(controller, world, proxy.port);
    this.#sync = number < threadedLanes ? this.#core.synchronization : unthreaded(this.#core);
    // Nothing is held, so that whatever a run believes is done.
    const limits = { approvalCount: 999, approvalPercent: 100 };
    const removeDeleted = number % 2 === 0;
    this.#core.syncSettings.save({ ...this.#sync.settings(), ...limits, removeDeleted });
  }

  static async open(controller: DomainController, editor: DomainEditor, number: number): Promise<Lane> {
    const { host, ports } = controller;
    const world = await makeSynchronizedDomain(editor, `lane${number}`, `faults ${number}`);
    const proxy = await startFaultProxy({ host, port: ports.ldaps });
    const lane = new Lane(controller, number, proxy, world);
    await lane.#recover('at first');
    return lane;
  }

  /** Changes something, synchronizes through a fault, and then without one. */
  async attempt(index: number, outcomes: Outcomes): Promise<void> {
    const seed = this.#number * casesOfLane + index;
    const changes: string[] = [];
    // An OU that changes outside of the base DN lets everybody be read, and the other lanes are outside.
    for (let count = 1 + this.#world.random.below(3); count > 0; count -= 1) {
      changes.push(await changeAtRandom(this.#world, 'peopleAndGroups'));
    }
    if (index % 2 === 0) changes.push(await this.#letSomebodyLeave());
    const fault = faultOf(seed, Math.ceil(this.#bytes * 1.5));
    const told = `case ${seed}, ${JSON.stringify(fault)}, ${changes.join('; ')}`;
    const before = this.#users();
    const patience = fault.kind === 'delay' ? muchPatienceSeconds : patienceSeconds;
    const run = await this.#run(fault, patience, seed % 3 === 0);
    if (run?.state === 'completed') {
      outcomes.completed += 1;
      this.#expectTruth(run, told);
    } else {
      outcomes.failed += 1;
      this.#expectNothingTaken(before, told);
    }
    // After two faults in a row as well as after one.
    const last = index % 2 === 1 ? await this.#recover(told) : run;
    for (const one of new Set([run, last])) {
      outcomes.gone += (one?.counts.disabled ?? 0) + (one?.counts.removed ?? 0);
      if (one !== null && one.request.kind !== 'full') outcomes.byChanges += 1;
    }
  }

  /** After all cases users are what a first run would make. */
  async expectLikeFresh(): Promise<void> {
    this.proxy.fault = { kind: 'none' };
    const core = coreOf(this.#controller, this.#world, this.proxy.port);
    const sync = unthreaded(core);
    for (let attempt = 0; attempt < 5 && core.users.list().total === 0; attempt += 1) await sync.run({});
    const fresh = new Map(core.users.list().users.map((user) => [user.directoryId ?? '', user]));
    expectLikeFresh(this.#users(), fresh);
  }

  async #letSomebodyLeave(): Promise<string> {
    const { domain, random } = this.#world;
    const person = random.pick(domain.all('person').filter((one) => isFound(this.#world, one)));
    if (person === undefined) return 'nobody could leave';
    await domain.delete(person);
    return `deleted ${domain.path(person)}`;
  }

  /** @returns null when not even a run could begin */
  async #run(fault: ProxyFault, timeLimitSeconds: number, full: boolean): Promise<SyncRun | null> {
    const { directorySettings } = this.#core;
    directorySettings.save({
      ...directorySettings.load(),
      timeLimitSeconds,
      connectTimeoutSeconds: timeLimitSeconds,
    });
    this.proxy.fault = fault;
    try {
      const run = await this.#sync.run({ full });
      if (run.state !== 'completed') expect(run.error?.code, run.error?.message).toMatch(/^directory\./);
      return run;
    } catch (error) {
      if (!isMfaError(error) || !error.code.startsWith('directory.')) throw error;
      return null;
    }
  }

  async #recover(told: string): Promise<SyncRun> {
    let bytes = 0;
    let connections = 0;
    let run: SyncRun | null = null;
    // A server that is much asked closes connections by itself now and then.
    for (let attempt = 0; attempt < 5 && run?.state !== 'completed'; attempt += 1) {
      bytes = this.proxy.passedBytes();
      connections = this.proxy.connectionCount();
      run = await this.#run({ kind: 'none' }, muchPatienceSeconds, false);
    }
    expect(run, told).toMatchObject({ state: 'completed', error: null });
    this.#bytes = (this.proxy.passedBytes() - bytes) / (this.proxy.connectionCount() - connections);
    this.#expectTruth(run as SyncRun, told);
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

  /** Who is found is enabled as their account is, unless another one had their name, and nobody else is. */
  #expectTruth({ id }: SyncRun, told: string): void {
    const { domain } = this.#world;
    const users = this.#users();
    const conflicts = this.#core.runs
      .changes(id, { change: 'conflict' })
      .map(({ directoryId }) => directoryId);
    const found = domain.all('person').filter((person) => isFound(this.#world, person));
    for (const person of found) {
      const user = users.get(person.directoryId);
      const username = domain.username(person);
      if (conflicts.includes(person.directoryId)) continue;
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

/** A new data directory that reaches the domain through a port of the controller's address. */
function coreOf({ host, ca, administrator }: DomainController, world: SynchronizedDomain, port: number) {
  const core = temporaryCore();
  const { userPrincipalName: bindUser, password } = administrator;
  const urls = [`ldaps://${host}:${port}`];
  const baseDn = world.rootDn;
  const connectTimeoutSeconds = muchPatienceSeconds;
  connect(core, { urls, ca, bindUser, baseDn, pageSize: 4, connectTimeoutSeconds }, password);
  addItems(core.synchronization, world);
  return core;
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
