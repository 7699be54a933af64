import type { Command } from 'commander';
import { utcMoment } from '../../core/utc-time.ts';
import { act, examples } from '../act.ts';
import type { CommandContext } from '../context.ts';
import { printJson, printTable } from '../output.ts';

const eventsRead = 1000;

export function defineExplain(command: Command): void {
  command
    .command('explain')
    .argument('<username>')
    .description('say why a user has these settings: the directory, a run, an edit, the company settings')
    .addHelpText(
      'after',
      examples(
        ['users explain jdoe', 'where each setting comes from, and which are kept as set here'],
        ['users explain jdoe --json', 'for a script; "owner" says whether the directory writes a field'],
      ),
    )
    .action(act(explain));
}

async function explain(context: CommandContext, _: object, username = ''): Promise<undefined> {
  const { explainUser } = await import('../../core/users/explain-user.ts');
  const { explanationText } = await import('../../core/users/explanation-text.ts');
  const { userTrail } = await import('../../core/users/user-trail.ts');
  const { users, store, companySettings } = await context.core();
  const user = users.find(username);
  const trail = userTrail(store, user.username, eventsRead);
  const explanations = explainUser(user, trail, companySettings.load());
  if (context.options.json) {
    const settings = explanations.map(({ field, value, origin, run, event, owner }) => {
      return { field, value, origin, run, owner, at: event?.at ?? null, by: event?.actor ?? null };
    });
    return void (await printJson({ username: user.username, settings }));
  }
  await printTable(explanations, [
    { title: 'Field', value: ({ field }) => field, isWhole: true },
    { title: 'Value', value: ({ value }) => (value === null ? null : String(value)) },
    { title: 'Why', value: (one) => explanationText(one, utcMoment) },
  ]);
  return undefined;
}
