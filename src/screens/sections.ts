import type { Section } from './shell/section.ts';

/** The sections in the order an administrator works; the digits count them. Each is loaded when it is opened. */
export const sections: readonly Section[] = [
  {
    id: 'status',
    title: 'Status',
    mark: ({ warnings }) => (warnings.length > 0 ? 'warning' : undefined),
    open: async (context) => (await import('./status/screen.tsx')).openStatus(context),
  },
  {
    id: 'users',
    title: 'Users',
    open: async (context) => (await import('./users/screen.tsx')).openUsers(context),
  },
  {
    id: 'company-settings',
    title: 'Company Settings',
    mark: ({ warnings }) =>
      warnings.some(({ code }) => code.startsWith('settings.')) ? 'warning' : undefined,
    open: async (context) => (await import('./company-settings/screen.tsx')).openCompanySettings(context),
  },
  {
    id: 'email',
    title: 'Email',
    mark({ mail, warnings }) {
      const isAmiss =
        mail.failed + mail.inDoubt > 0 || warnings.some(({ code }) => code.startsWith('email.'));
      if (isAmiss) return 'warning';
      return mail.isOn ? undefined : 'off';
    },
    open: async (context) => (await import('./email/screen.tsx')).openEmail(context),
  },
  {
    id: 'directory-integration',
    title: 'Directory Integration',
    abbreviation: 'Directory Integ.',
    mark({ warnings }) {
      const has = (...codes: readonly string[]) => warnings.some(({ code }) => codes.includes(code));
      if (has('directory.plain', 'sync.failing', 'sync.late')) return 'warning';
      return has('sync.awaitingApproval') ? 'running' : undefined;
    },
    open: async (context) =>
      (await import('./directory-integration/screen.tsx')).openDirectoryIntegration(context),
  },
  {
    id: 'logging',
    title: 'Logging',
    open: async (context) => (await import('./logging/screen.tsx')).openLogging(context),
  },
];
