import { defineCommands } from '../../commands/command.ts';

export type VerificationCommandId = 'verification.again' | 'verification.compare';

const scope = 'Verification';

export const verificationCommands = defineCommands<unknown, VerificationCommandId>([
  { id: 'verification.again', title: 'Verify again', keys: ['v', 'r'], scope, hint: 'Again' },
  {
    id: 'verification.compare',
    title: 'Compare with a head that was noted earlier',
    keys: ['c'],
    scope,
    hint: 'Compare with a head',
  },
]);
