import { expect } from 'vitest';
import { type CommandResult, runCommand } from '../../helpers/run-command.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';

export interface UserCommands {
  readonly core: TemporaryCore;
  /** Runs `users ...` to its end. */
  users(...args: string[]): Promise<CommandResult>;
  /** As {@link users} with `--json`, of which nothing else may be printed; returns the document. */
  json(...args: string[]): Promise<unknown>;
}

/** A data directory with ada, bob and carla, who are of the group Sales but for carla. */
export async function userCommands(): Promise<UserCommands> {
  const core = temporaryCore();
  await core.users.add({
    username: 'ada@corp.example',
    firstName: 'Ada',
    lastName: 'Adams',
    userGroup: 'Sales',
  });
  await core.users.add({
    username: 'bob@corp.example',
    firstName: 'Bob',
    lastName: 'Brown',
    userGroup: 'Sales',
  });
  await core.users.add({ username: 'carla', phone: '+12065550111' });
  const users = (...args: string[]) => runCommand(core.folder, ['users', ...args]);
  return {
    core,
    users,
    async json(...args) {
      const result = await users(...args, '--json');
      expect(result, args.join(' ')).toMatchObject({ exitCode: 0, stderr: '' });
      return result.json;
    },
  };
}

/** A failure as people see it. */
export function failed(exitCode: number, words: string) {
  return { exitCode, stdout: '', stderr: expect.stringContaining(words) };
}
