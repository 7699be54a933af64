/** A screen or dialog of the console, and the way to it from the first screen of its section. */
export interface WalkedScreen {
  /** Id of its section. */
  readonly section: string;
  readonly name: string;
  readonly way: readonly Step[];
  /** Keys that undo what the way has done to its section, after every screen above it was left. */
  readonly back: string;
}

/** Keys, and what is seen when they have been answered. */
export type Step = readonly [keys: string, seen: RegExp];

/** What the walk needs beside the directory. */
export interface WalkFiles {
  /** A CSV file of users. */
  readonly csv: string;
  /** A YAML file of company settings that are not those of the installation. */
  readonly settings: string;
  /** The directory id of a user. */
  readonly person: string;
}

const enter = '\r';
const pageDown = '\x1b[6~';

/**
 * Every screen and dialog. One more is one more row: its section, its name, and the way to it. What is seen must not
 * depend on names from the directory, nor be on the screen before it.
 */
export function walkedScreens({ csv, settings, person }: WalkFiles): readonly WalkedScreen[] {
  const toImport: Step = ['i', /\[Containers\][\s\S]*OU=/m];
  const toPreview: Step = ['p', /Run \d+: \d[\s\S]*\[All\] +add \d[\s\S]*Enter Details/m];
  const toTest: Step = ['t', box('Send a test')];
  const toSettingsFile: Step = ['i', box('Import company settings')];
  const toGateway: Step = [']'.repeat(5), /\[Text gateway\][\s\S]*Address/];
  const toWordings: Step = [']'.repeat(7), /\[Wordings\][\s\S]*One-way OTP/];
  const toRuns: Step = [']', /\[Runs\][\s\S]*completed/];
  const toRun: Step = [enter, /Logging > Run \d[\s\S]*Enter Details/];
  const toContent: Step = [']', /\[Email Content\][\s\S]*Plain text, for/];
  const toTemplate: Step = [enter, /Email > Phone call[\s\S]*> +Plain text/];
  const toOutbox: Step = [']]', /\[Outbox\][\s\S]*> +not sent/];
  const toItems: Step = [']]]', /\[Synchronization\][\s\S]*> +1 /];
  const toItem: Step = ['e', /\[Item\][\s\S]*Leavers/];
  const toSimulation: Step = ['w', /simulation, nothing is written[\s\S]*r Again/];
  const toExplain: Step = ['x', box('Explain a user')];
  const toApproval: Step = [enter, /> Approval \d[\s\S]*\[All 7\][\s\S]*Enter Details/];
  const toMail: Step = [enter, /Email > Mail \d/];
  return [
    row('status', 'Status', ['', /> Warnings[\s\S]*Users +\d/]),
    row('status', 'Back up', ['b', box('Back up')]),
    row('status', 'Command palette', [':', box('Command')]),
    row(
      'status',
      'Command palette, filtered',
      [':', box('Command')],
      ['back', /: back\b[\s\S]*> Status: Back up/],
    ),
    row('status', 'Help', ['?', box('Keys')]),
    row('status', 'Preferences', [':', box('Command')], [`preferences${enter}`, box('Preferences')]),
    row('users', 'Users', ['', /Username [\^v]/]),
    row('users', 'Filter', ['/zzz', /zzz[\s\S]*Enter Keep filter/]),
    row('users', 'Help', ['?', box('Keys')]),
    row('users', 'New user', ['a', /Users > New user/]),
    row('users', 'New user: Advanced', ['a', /Users > New user/], [pageDown, /\[Advanced\]/]),
    row('users', 'Edit user', ['e', /\[General\]/]),
    row('users', 'Edit user: Advanced', ['e', /\[General\]/], [pageDown, /\[Advanced\]/]),
    row('users', 'Edit user: Info', ['e', /\[General\]/], [pageDown + pageDown, /\[Info\]/]),
    row('users', 'Disable', ['D', box('Disable')]),
    row('users', 'Block', ['b', box('Block')]),
    row('users', 'One-time bypass', ['o', box('One-time bypass')]),
    row('users', 'Set the method', ['m', box('Set the method')]),
    row('users', 'Assign a PIN', ['p', box('Assign a PIN')]),
    row('users', 'Remove', ['-', box('Remove')]),
    row('users', 'Remove all', ['*', /\d+ marked/], ['-', box('Remove')]).returning('*'),
    row('users', 'Export', ['x', box('Export users')]),
    row('users', 'Send e-mail', ['w', box('Send e-mail')]),
    row(
      'users',
      'Send e-mail: what is sent',
      ['w', box('Send e-mail')],
      ['\x13', /Send e-mail[\s\S]*Enter Accept/],
    ),
    row('users', 'Export all data of a user', ['X', box('Export all data')]),
    row('users', 'CSV import', ['c', box('Import users from a CSV file')]),
    row(
      'users',
      'CSV import: preview',
      ['c', box('Import users')],
      [`${csv}\x13`, /nothing is written yet[\s\S]*p Preview/],
    ),
    row('users', 'Import', toImport),
    row('users', 'Import: people', toImport, ['\t', /Tab Pane/]),
    row('users', 'Import: settings', toImport, ['o', box('Settings of the import')]),
    row('users', 'Import: method', toImport, ['m', box('Method defaults')]),
    row('users', 'Import: languages', toImport, ['l', box('Language defaults')]),
    row('users', 'Import: security groups', toImport, [']', /\[Security groups\][\s\S]*Space Mark/]),
    row('users', 'Import: search', toImport, [']]', /\[Search\]/]),
    row('users', 'Import: preview', toImport, toPreview),
    row('users', 'Import: preview of a person', toImport, toPreview, [
      enter,
      /would be added\.[\s\S]*Esc Close/,
    ]),
    row('users', 'Import: export of the preview', toImport, toPreview, ['x', box('Export')]),
    row('company-settings', 'General', ['', /\[General\]/]),
    row('company-settings', 'PIN and lockout', [']', /\[PIN and lockout\]/]),
    row('company-settings', 'Bypass and block', [']]', /\[Bypass and block\]/]),
    row('company-settings', 'Languages', [']]]', /\[Languages\]/]),
    row('company-settings', 'Usernames', [']]]]', /\[Usernames\]/]),
    row('company-settings', 'Text gateway', toGateway),
    row('company-settings', 'Preset', toGateway, ['p', box('Preset')]),
    row('company-settings', 'Voice gateway', [']'.repeat(6), /\[Voice gateway\][\s\S]*Address/]),
    row('company-settings', 'Wordings', toWordings),
    row('company-settings', 'Wording', toWordings, [enter, /Settings > Text message[\s\S]*Read:/]),
    row('company-settings', 'Export', ['x', box('Export company settings')]),
    row('company-settings', 'Import', toSettingsFile),
    row('company-settings', 'Import: differences', toSettingsFile, [`${settings}\x13`, /Would change +\d/]),
    row('email', 'Settings', ['', /\[Settings\]/]),
    row('email', 'Send a test', toTest),
    row('email', 'Conversation of a test', toTest, ['ada@corp.example\x13', /Email > Conversation/]),
    row('email', 'Email Content', toContent),
    row(
      'email',
      'Email Content: HTML source',
      toContent,
      ['vv', /HTML source, for/],
      ['v', /Plain text, for/],
    ),
    row('email', 'Email Content: user', toContent, ['u', box('Show mails for')]),
    row('email', 'Mail template', toContent, toTemplate),
    row('email', 'Mail template: Cc', toContent, toTemplate, ['\x1b[Z', /Who gets a copy/]),
    row('email', 'Mail template: attachments', toContent, toTemplate, ['\t\t', /takes one away/]),
    row('email', 'Mail template: attach', toContent, toTemplate, ['\x06', box('Attach a file')]),
    row('email', 'Mail template: variables', toContent, toTemplate, ['\x07', box('Variables')]),
    row('email', 'Mail template: HTML', toContent, toTemplate, ['\x14', box('HTML')]),
    row('email', 'Outbox', toOutbox),
    row('email', 'Outbox: filter', toOutbox, ['f', box('Filter the mails')]),
    row('email', 'Outbox: export', toOutbox, ['x', box('Export mails')]),
    row('email', 'Outbox: once more', toOutbox, ['R', box('Send once more')]),
    row('email', 'Outbox: cancel', toOutbox, ['-', box('Cancel a mail')]),
    row('email', 'Mail', toOutbox, toMail),
    row('directory-integration', 'Settings', ['', /\[Settings\]/]),
    row('directory-integration', 'Connection test', ['t', /> Test[\s\S]*t Again/]),
    row('directory-integration', 'Filters', [']', /\[Filters\]/]),
    row('directory-integration', 'Attributes', [']]', /\[Attributes\]/]),
    row('directory-integration', 'Synchronization', toItems),
    row('directory-integration', 'Place of a new item', toItems, ['a', /Choose a place[\s\S]*OU=/]),
    row('directory-integration', 'Item', toItems, toItem),
    row('directory-integration', 'Item: trying it', toItems, toItem, ['\x06', box('Try it')]),
    row('directory-integration', 'Item: users', toItems, toItem, [pageDown, /\[Users\]/]),
    row('directory-integration', 'Item: defaults', toItems, toItem, [pageDown + pageDown, /\[Defaults\]/]),
    row('directory-integration', 'Remove an item', toItems, ['-', box('Remove')]),
    row('directory-integration', 'Simulation', toItems, toSimulation),
    row('directory-integration', 'Synchronize now', toItems, ['n', box('Synchronize now')]),
    row('directory-integration', 'Explain a user', toItems, toExplain),
    row('directory-integration', 'Explanation', toItems, toExplain, [
      `${person}\x13`,
      /belongs to[\s\S]*Values/,
    ]),
    row('directory-integration', 'Schedule', toItems, ['s', /> Schedule[\s\S]*Every/]),
    row('directory-integration', 'Approval', toItems, toApproval),
    row('directory-integration', 'Approval: one of them', toItems, toApproval, [enter, /Noticed at/]),
    row('directory-integration', 'Approval: approve', toItems, toApproval, ['A', box('Approve')]),
    row('directory-integration', 'Approval: reject', toItems, toApproval, ['R', box('Reject')]),
    row('directory-integration', 'Approval: simulate', toItems, toApproval, toSimulation),
    row('directory-integration', 'Runs of items', toItems, ['h', /> Runs[\s\S]*Newest first/]),
    row('logging', 'Audit events', ['', /\[Audit events\]/]),
    row('logging', 'Event', [enter, /Logging > Event \d/]),
    row('logging', 'Choose filter', ['f', box('Filter the events')]),
    row('logging', 'Export of events', ['x', box('Export events')]),
    row('logging', 'Verification', ['v', /Logging > Verification[\s\S]*v Again/]),
    row('logging', 'Runs', toRuns),
    row('logging', 'Export of a run', toRuns, ['x', box('Export run')]),
    row('logging', 'Run', toRuns, toRun),
    row('logging', 'Person of a run', toRuns, toRun, [enter, /would be skipped:[\s\S]*Esc Close/]),
  ];
}

/** The title in the border of a dialog. */
function box(title: string): RegExp {
  return new RegExp(`[┌+][─-] ${title}`);
}

function row(section: string, name: string, ...way: readonly Step[]) {
  const screen: WalkedScreen = { section, name, way, back: '' };
  return { ...screen, returning: (back: string): WalkedScreen => ({ ...screen, back }) };
}
