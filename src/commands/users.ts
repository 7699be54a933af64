import type { Command } from 'commander';
import { defineAddAndEdit } from './users/add-edit.ts';
import { defineCsv } from './users/csv.ts';
import { defineExplain } from './users/explain.ts';
import { defineListAndShow } from './users/list-show.ts';
import { definePersonalData } from './users/personal-data.ts';
import { defineSendEmail } from './users/send-email.ts';
import { defineSetMethod } from './users/set-method.ts';
import { defineSetPin } from './users/set-pin.ts';
import { defineStateChanges } from './users/states.ts';

export function defineUsers(command: Command): void {
  defineListAndShow(command);
  defineExplain(command);
  defineAddAndEdit(command);
  defineStateChanges(command);
  defineSetMethod(command);
  defineSetPin(command);
  defineSendEmail(command);
  defineCsv(command);
  definePersonalData(command);
}
