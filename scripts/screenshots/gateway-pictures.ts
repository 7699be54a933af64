import { openTab, Stage, save } from './stage.ts';

/** How text messages and calls leave, and what they say. */
export async function picturesOfGateways(): Promise<void> {
  const stage = new Stage();
  try {
    // Without a choice of a directory the console begins with that.
    stage.run(['directory', 'set', '--type', 'sample']);
    const secret = `auth_token=${stage.file('token', 'not a real token')}`;
    const values = ['--value', 'account_sid=AC1234', '--value', 'from=+14255550100'];
    stage.run(['gateway', 'text', 'set', '--preset', 'twilio', ...values, '--secret-file', secret]);
    await stage.show(async (console) => {
      console.write('3');
      await console.waitFor('[General]');
      await openTab(console, 'Text gateway');
      await console.waitFor('account_sid');
      save(console, 'text-gateway');
      await openTab(console, 'Wordings');
      await console.waitFor('> ');
      console.write('\r');
      await console.waitFor('Type to edit');
      console.write('Hello! ');
      await console.waitFor('Read: Hello!');
      save(console, 'wording');
    });
  } finally {
    stage.close();
  }
}
