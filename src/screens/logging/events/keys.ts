import { defineCommands } from '../../commands/command.ts';
import { changing } from '../../shell/screen.ts';

export type EventsCommandId =
  | 'events.details'
  | 'events.choose'
  | 'events.follow'
  | 'events.verify'
  | 'events.export'
  | 'events.trim';

const scope = 'Logging';

export interface EventsCommandState {
  readonly isReadOnly: boolean;
  readonly hasEvent: boolean;
}

const hasEvent = (state: EventsCommandState) => state.hasEvent || 'There is no event here.';

export const eventsCommands = defineCommands<EventsCommandState, EventsCommandId>([
  {
    id: 'events.details',
    title: 'All of an event, with old and new values',
    keys: ['enter'],
    scope,
    hint: 'Details',
    isEnabled: hasEvent,
  },
  {
    id: 'events.choose',
    title: 'Filter by who, what, target, result and time',
    keys: ['f'],
    scope,
    hint: 'Choose filter',
  },
  {
    id: 'events.follow',
    title: 'Follow: show events as they come',
    keys: ['F'],
    scope,
    hint: 'Follow',
  },
  {
    id: 'events.verify',
    title: 'Verify that no event was changed or removed',
    keys: ['v'],
    scope,
    hint: 'Verify',
  },
  { id: 'events.export', title: 'Write events to a file', keys: ['x'], scope, hint: 'Export' },
  { id: 'events.trim', title: 'Remove old events', keys: [], scope, isEnabled: changing },
]);

export type EventCommandId = 'event.older' | 'event.newer';

export const eventCommands = defineCommands<unknown, EventCommandId>([
  { id: 'event.older', title: 'The event before it', keys: ['n', 'ctrl+n'], scope: 'Event', hint: 'Older' },
  { id: 'event.newer', title: 'The event after it', keys: ['p', 'ctrl+p'], scope: 'Event', hint: 'Newer' },
]);
