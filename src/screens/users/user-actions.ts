import { countOf } from '../../core/count-text.ts';
import { importRulesSchema } from '../../core/import/import-rules.ts';
import type { User } from '../../core/users/user.ts';
import type { ScreenContext } from '../shell/screen.ts';
import { createStore } from '../store.ts';
import { markedIds } from '../widgets/table/marks.ts';
import type { Table } from '../widgets/table/table.ts';
import { assignPin } from './bulk/assign-pin.ts';
import { changeUsers } from './bulk/change-users.ts';
import { removeUsers } from './bulk/remove-users.ts';
import { sendEmail } from './bulk/send-email.ts';
import {
  type AskChange,
  askBlock,
  askBypass,
  askCancelBypass,
  askDisable,
  askEnable,
  askMethod,
  askUnblock,
} from './bulk/state-changes.ts';
import { askCsvFile } from './csv-import/ask-file.ts';
import { exportUsers } from './export-users.ts';
import type { UsersCommandId } from './keys.ts';
import { erasePersonalData, exportPersonalData } from './personal-data.ts';
import { listSiblings, markedSiblings } from './siblings.ts';

export interface UserActions extends Record<UsersCommandId, () => Promise<void>> {
  /** Opens the import where a run can be continued. */
  continueRun(id: number): void;
}

/** What the commands of the list do. */
export function userActions(context: ScreenContext, table: Table<User>): UserActions {
  const { users } = context.core;
  /** As they were set last; an administrator imports one container after the other in the same way. */
  const importRules = createStore(importRulesSchema.parse({}));

  function reread(): Promise<void> {
    context.dataWasRead();
    return table.refresh();
  }

  /** Ids of those whom an action is for, and how they are called. */
  function target(): { ids: readonly number[]; subject: string } {
    const ids = table.markedOrCurrentIds().map(Number);
    const [only] = ids.length === 1 ? users.byIds(ids) : [];
    return { ids, subject: only?.username ?? countOf(ids.length, 'user') };
  }

  const changing = (ask: AskChange) => async () => {
    const { ids, subject } = target();
    const bulk = await ask(context, subject, ids.length);
    if (bulk === null) return;
    await changeUsers(context, ids, bulk);
    await reread();
  };

  async function pin(): Promise<void> {
    const { ids, subject } = target();
    await assignPin(context, ids, subject);
    await reread();
  }

  async function mail(): Promise<void> {
    const { ids, subject } = target();
    await sendEmail(context, ids, subject);
    context.dataWasRead();
  }

  async function remove(): Promise<void> {
    const { ids, subject } = target();
    if ((await removeUsers(context, ids, subject)) === undefined) return;
    const left = new Set(users.byIds(ids).map(({ id }) => id));
    const gone = ids.filter((id) => !left.has(id));
    table.dispatch({ type: 'mark', ids: gone.map(String), mode: 'remove' });
    await reread();
  }

  /** The only one whom an action is for; what is done to one person at a time is disabled for more. */
  function targetUser(): User | undefined {
    return users.byIds(target().ids)[0];
  }

  async function erase(): Promise<void> {
    const user = targetUser();
    if (user === undefined || !(await erasePersonalData(context, user))) return;
    table.dispatch({ type: 'mark', ids: [String(user.id)], mode: 'remove' });
    await reread();
  }

  function openImport(continues: number | null): void {
    const options = { rules: importRules, continues, onImported: () => void reread() };
    context.open(
      import('../directory-import/screen.tsx').then(({ openDirectoryImport }) =>
        openDirectoryImport(context, options),
      ),
    );
  }

  async function edit(user: User | null): Promise<void> {
    const marked = markedIds(table.state().marks).map(Number);
    const siblings = marked.length > 0 ? markedSiblings(users, marked, user?.id) : listSiblings(table);
    const opening = import('./edit/screen.tsx').then(({ openEditUser }) =>
      openEditUser(context, { user, siblings, onSaved: () => void reread() }),
    );
    context.open(opening);
  }

  return {
    continueRun: openImport,
    'users.add': () => edit(null),
    'users.edit': async () => {
      const user = table.current();
      if (user !== undefined) await edit(user);
    },
    'users.enable': changing(askEnable),
    'users.disable': changing(askDisable),
    'users.block': changing(askBlock),
    'users.unblock': changing(askUnblock),
    'users.bypass': changing(askBypass),
    'users.cancelBypass': changing(askCancelBypass),
    'users.method': changing(askMethod),
    'users.pin': pin,
    'users.sendEmail': mail,
    'users.remove': remove,
    'users.synchronize': async () => {
      const user = targetUser();
      if (user === undefined) return;
      const { username, directoryId } = user;
      const { startSynchronization } = await import('../runs/sync-run/start.ts');
      const subject = { user: directoryId ?? username, text: username, users: 1 };
      await startSynchronization(context, subject, false, () => void reread());
    },
    'users.import': async () => openImport(null),
    'users.exportData': async () => {
      const user = targetUser();
      if (user === undefined) return;
      await exportPersonalData(context, user);
      context.dataWasRead();
    },
    'users.erase': erase,
    'users.importCsv': async () => {
      const chosen = await askCsvFile(context);
      if (chosen === null) return;
      const options = { ...chosen, onImported: () => void reread() };
      context.open(
        import('./csv-import/screen.tsx').then(({ openCsvImport }) => openCsvImport(context, options)),
      );
    },
    'users.export': () => exportUsers(context, table),
  };
}
