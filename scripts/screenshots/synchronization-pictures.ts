import { openTab, Stage, save } from './stage.ts';

const domain = 'DC=corp,DC=contoso,DC=test';
const sales = `OU=Sales,${domain}`;

/** Items and a run that waits for approval, over the sample directory. */
export async function picturesOfSynchronization(): Promise<void> {
  const stage = new Stage();
  try {
    const items: [name: string, ...place: string[]][] = [
      ['Finance', '--group', `CN=Finance Staff,OU=Groups,${domain}`, '--recursive', '--method', 'phoneCall'],
      ['Sales', '--container', sales, '--method', 'mobileApp'],
      ['All staff', '--group', `CN=All Staff,OU=Groups,${domain}`, '--recursive', '--method', 'oathToken'],
    ];
    for (const [name, ...place] of items) {
      const leavers = name === 'All staff' ? 'leave' : 'disable';
      stage.run(['sync', 'items', 'add', name, ...place, '--leavers', leavers]);
    }
    stage.run(['sync', 'items', 'edit', 'All staff', '--off']);
    stage.run(['sync', 'run']);
    // An item that is narrowed loses people, which has to be approved.
    stage.run(['sync', 'items', 'edit', 'Sales', '--container', `OU=Field Sales,${sales}`]);
    stage.run(['sync', 'settings', 'set', 'enabled=on', 'intervalMinutes=15']);
    stage.run(['sync', 'run'], 3);
    await stage.show(async (console) => {
      console.write('5');
      await console.waitFor('[Settings]');
      await openTab(console, 'Synchronization');
      await console.waitFor('waits for approval');
      await console.waitFor('All staff');
      save(console, 'synchronization');
      console.write('\r');
      await console.waitFor('Approval 2');
      await console.waitFor('does no');
      save(console, 'approval');
    });
  } finally {
    stage.close();
  }
}
