import type { Command } from 'commander';
import { defineSyncHeld } from './sync/held.ts';
import { defineItems } from './sync/items.ts';
import { defineSyncRuns } from './sync/runs.ts';
import { defineSyncSettings } from './sync/settings.ts';

export function defineSync(command: Command): void {
  defineItems(command);
  defineSyncRuns(command);
  defineSyncHeld(command);
  defineSyncSettings(command);
}
