import type { Command } from 'commander';
import { defineTemplates } from './email/templates.ts';

export function defineEmail(command: Command): void {
  defineTemplates(command);
}
