import { defineCommands } from '../../commands/command.ts';
import { changing } from '../../shell/screen.ts';

export type GatewayCommandId = 'gateway.test' | 'gateway.preset';

export interface GatewayCommandState {
  readonly isReadOnly: boolean;
}

const scope = 'Gateways';

/** Letters work where no text is typed; the keys with Ctrl work everywhere. */
export const gatewayCommands = defineCommands<GatewayCommandState, GatewayCommandId>([
  {
    id: 'gateway.test',
    title: 'Send a test with what stands here, saved or not',
    keys: ['t', 'ctrl+t'],
    scope,
    hint: 'Test',
    isEnabled: changing,
  },
  {
    id: 'gateway.preset',
    title: 'Fill in what a common gateway needs',
    keys: ['p'],
    scope,
    hint: 'Preset',
    isEnabled: changing,
  },
]);
