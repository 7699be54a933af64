import { picturesOfDirectory } from './directory-pictures.ts';
import { picturesOfGateways } from './gateway-pictures.ts';
import { Stage, save } from './stage.ts';
import { picturesOfSynchronization } from './synchronization-pictures.ts';

/** Draws the pictures of the documents from the built program. */

await picturesOfUsers();
await picturesOfGateways();
await picturesOfSynchronization();
await picturesOfDirectory();

/** Users, import, company settings and mail, over the sample directory. */
async function picturesOfUsers(): Promise<void> {
  const stage = new Stage();
  try {
    for (const unit of ['Sales', 'Finance', 'Marketing']) {
      const container = `OU=${unit},DC=corp,DC=contoso,DC=test`;
      stage.run(['import', '--container', container, '--method', 'mobileApp']);
    }
    stage.run(['users', 'block', 'asmith@corp.contoso.test', '--reason', 'lost laptop']);
    // Nothing says yet how mail leaves, which is the reason that the outbox gives.
    stage.run(['users', 'send-email', '--filter', 'smith'], 1);
    stage.run([
      ...'email settings set --host mail.corp.contoso.test --from mfa@corp.contoso.test'.split(' '),
    ]);
    await stage.show(async (console) => {
      save(console, 'status');
      console.write('2');
      await console.waitFor('Username');
      await console.waitFor('abrown');
      save(console, 'users');
      console.write('/smith\r');
      await console.waitFor('4 of');
      console.write('\r');
      await console.waitFor('First name');
      save(console, 'user');
      console.write('\x1b\x1b');
      await console.waitFor('q Quit');
      console.write('i');
      await console.waitFor('385 users');
      await console.waitFor('OU=Engineering');
      // OU=Engineering.
      console.write('jjjj ');
      await console.waitFor(/Whom: .*123 users/);
      await console.waitFor(/OU=Engineering and below +123 users/);
      save(console, 'import');
      console.write('p');
      await console.waitFor(/Users > .* > Preview/);
      await console.waitFor('i Import');
      save(console, 'preview');
      console.write('\x1b');
      await console.waitFor('p Preview');
      console.write('3');
      await console.waitFor('Default country');
      console.write('\x1b[B\x1b[B\x1b[B\r');
      await console.waitFor(/> +Default method/);
      console.write('\x1b[C');
      await console.waitFor('Ctrl+S Save');
      save(console, 'company-settings');
      console.write('\x1a\x1b4');
      await console.waitFor('Give up after');
      save(console, 'email-settings');
      console.write(']');
      await console.waitFor('Hello Amara');
      save(console, 'email-content');
      console.write('\r');
      await console.waitFor(/> +Plain text/);
      console.write('\x10Good morning! ');
      await console.waitFor('Good morning! Hello Amara');
      save(console, 'mail-template');
      console.write('\x1a\x1b\x1b');
      await console.waitFor('[Email Content]');
      console.write(']');
      await console.waitFor('asmith');
      save(console, 'outbox');
    });
  } finally {
    stage.close();
  }
}
