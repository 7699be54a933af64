import type { Command } from 'commander';

export interface Noun {
  name: string;
  summary: string;
  /** Loads the module and adds verbs, options and actions to the command. */
  load(command: Command): Promise<void>;
}

/** Every command by its noun, in the order of the help. Only the one that is used is loaded. */
export const nouns: readonly Noun[] = [
  {
    name: 'init',
    summary: 'create data directory, database and master key',
    load: async (command) => (await import('./init.ts')).defineInit(command),
  },
  {
    name: 'serve',
    summary: 'run the service: deliver mail',
    load: async (command) => (await import('./serve.ts')).defineServe(command),
  },
  {
    name: 'status',
    summary: 'users by state, directory, last run and warnings',
    load: async (command) => (await import('./status.ts')).defineStatus(command),
  },
  {
    name: 'doctor',
    summary: 'check the installation and say what to do',
    load: async (command) => (await import('./doctor.ts')).defineDoctor(command),
  },
  {
    name: 'settings',
    summary: 'show and change the company settings',
    load: async (command) => (await import('./settings.ts')).defineSettings(command),
  },
  {
    name: 'preferences',
    summary: 'show and change how the console looks and begins for you',
    load: async (command) => (await import('./preferences.ts')).definePreferences(command),
  },
  {
    name: 'users',
    summary: 'list, show, add, edit, remove and change users',
    load: async (command) => (await import('./users.ts')).defineUsers(command),
  },
  {
    name: 'directory',
    summary: 'connect to a directory, test it and browse it',
    load: async (command) => (await import('./directory.ts')).defineDirectory(command),
  },
  {
    name: 'import',
    summary: 'bring in users from the directory, or preview it with --dry-run',
    load: async (command) => (await import('./import.ts')).defineImport(command),
  },
  {
    name: 'sync',
    summary: 'keep users in step with the directory: items, runs, approvals',
    load: async (command) => (await import('./sync.ts')).defineSync(command),
  },
  {
    name: 'runs',
    summary: 'list imports and synchronizations, and show what each one changed',
    load: async (command) => (await import('./runs.ts')).defineRuns(command),
  },
  {
    name: 'email',
    summary: 'say how mail is sent, send a test, edit the mails to users, look after the outbox',
    load: async (command) => (await import('./email.ts')).defineEmail(command),
  },
  {
    name: 'gateway',
    summary: 'say how text messages and voice calls are sent, and send a test',
    load: async (command) => (await import('./gateway.ts')).defineGateway(command),
  },
  {
    name: 'wordings',
    summary: 'show and edit what text messages and OATH prompts say',
    load: async (command) => (await import('./wordings.ts')).defineWordings(command),
  },
  {
    name: 'audit',
    summary: 'list, follow, verify, export and trim the audit log',
    load: async (command) => (await import('./audit.ts')).defineAudit(command),
  },
  {
    name: 'backup',
    summary: 'write a backup file',
    load: async (command) => (await import('./backup.ts')).defineBackup(command),
  },
  {
    name: 'restore',
    summary: 'replace the data by a backup',
    load: async (command) => (await import('./backup.ts')).defineRestore(command),
  },
];
