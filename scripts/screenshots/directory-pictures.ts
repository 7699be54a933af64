import { sambaServer, whyLeftOut } from '../../test/servers/require-server.ts';
import { startLabDirectory } from '../lab/lab-directory.ts';
import { Stage, save } from './stage.ts';

/** The connection to Active Directory, with Samba where this machine has it; without it they stay as they are. */
export async function picturesOfDirectory(): Promise<void> {
  const reason = whyLeftOut(sambaServer);
  if (reason !== undefined) {
    process.stdout.write(`Left out: the connection to a directory. ${reason}\n`);
    return;
  }
  const stage = new Stage();
  const directory = await startLabDirectory('samba', 40);
  try {
    const password = stage.file('password', directory.bindPassword);
    const account = ['--bind-user', directory.bindUser, '--bind-password-file', password];
    const server = ['--type', directory.type, '--url', directory.url, '--ca-file', directory.caFile];
    stage.run(['directory', 'set', ...server, ...account]);
    await stage.show(async (console) => {
      console.write('5');
      await console.waitFor('Page size');
      save(console, 'directory-settings');
      console.write('t');
      await console.waitFor('all is well');
      save(console, 'directory-test');
    });
  } finally {
    await directory.stop();
    stage.close();
  }
}
