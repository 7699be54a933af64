import { defineCommands } from '../commands/command.ts';
import { type DoctorState, isSound } from '../directory-integration/doctor/state.ts';

export type ChoiceCommandId = 'firstRun.up' | 'firstRun.down' | 'firstRun.choose' | 'firstRun.skip';

const scope = 'First steps';
const isHiddenInPalette = true;

/** Step 1. */
export const choiceCommands = defineCommands<unknown, ChoiceCommandId>([
  { id: 'firstRun.choose', title: 'Choose', keys: ['enter'], scope, hint: 'Choose', isHiddenInPalette },
  { id: 'firstRun.skip', title: 'Decide later', keys: ['escape'], scope, hint: 'Skip', isHiddenInPalette },
  { id: 'firstRun.up', title: 'One line up', keys: ['up', 'k'], scope, isHiddenInPalette },
  { id: 'firstRun.down', title: 'One line down', keys: ['down', 'j'], scope, isHiddenInPalette },
]);

/** The way back in the steps after the first one. */
export const stepBackCommands = defineCommands<unknown, 'firstRun.back'>([
  {
    id: 'firstRun.back',
    title: 'Back to the step before',
    keys: ['escape'],
    scope,
    hint: 'Step back',
    isHiddenInPalette,
  },
]);

export type ConnectionStepCommandId = 'firstRun.test' | 'firstRun.certificates';

/** Step 2. */
export const connectionStepCommands = defineCommands<unknown, ConnectionStepCommandId>([
  { id: 'firstRun.test', title: 'Test the connection', keys: ['t', 'ctrl+t'], scope, hint: 'Test' },
  {
    id: 'firstRun.certificates',
    title: "Look at the servers' certificates, trust them",
    keys: ['ctrl+p'],
    scope,
    hint: 'Trust',
  },
]);

export type TestStepCommandId = 'firstRun.finish' | 'firstRun.force';

/** Step 3. */
export const testStepCommands = defineCommands<DoctorState, TestStepCommandId>([
  {
    id: 'firstRun.finish',
    title: 'Save the connection and go on',
    keys: ['enter'],
    scope,
    hint: 'Save and go on',
    isEnabled(state) {
      if (state.phase === 'running') return 'The test is not finished.';
      return isSound(state) || 'A check failed. Esc goes back to mend it, Ctrl+S saves all the same.';
    },
  },
  {
    id: 'firstRun.force',
    title: 'Save the connection, whatever the test says',
    keys: ['ctrl+s'],
    scope,
    hint: 'Save anyway',
  },
]);
