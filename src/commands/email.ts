import type { Command } from 'commander';
import { defineDelivery } from './email/delivery.ts';
import { defineOutbox } from './email/outbox.ts';
import { defineTemplates } from './email/templates.ts';

export function defineEmail(command: Command): void {
  defineDelivery(command);
  defineTemplates(command);
  defineOutbox(command);
}
