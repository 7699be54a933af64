export const domain = 'corp.contoso.test';
export const baseDn = 'DC=corp,DC=contoso,DC=test';

/** An OU of the sample company, with the number of people directly in it. */
export interface Unit {
  /** From the OU up to the base DN, such as `OU=Platform,OU=Engineering`. */
  path: string;
  people: number;
  title: string;
  /** The security group of everybody in it. */
  group?: string;
  /** Accounts that nobody uses any more. */
  isDisabled?: boolean;
}

/** In the order in which people are invented: a new unit at the end keeps everybody who was there before. */
export const units: readonly Unit[] = [
  { path: 'OU=Sales', people: 24, title: 'Account Manager', group: 'Sales Staff' },
  { path: 'OU=Inside Sales,OU=Sales', people: 28, title: 'Sales Representative', group: 'Inside Sales' },
  { path: 'OU=Field Sales,OU=Sales', people: 32, title: 'Field Sales Engineer', group: 'Field Sales' },
  { path: 'OU=Engineering', people: 10, title: 'Engineering Manager', group: 'Engineering Leads' },
  { path: 'OU=Platform,OU=Engineering', people: 52, title: 'Software Engineer', group: 'Platform Team' },
  { path: 'OU=Quality,OU=Engineering', people: 34, title: 'Test Engineer', group: 'Quality Team' },
  { path: 'OU=Research,OU=Engineering', people: 18, title: 'Researcher', group: 'Research Team' },
  { path: 'OU=Optics Lab,OU=Research,OU=Engineering', people: 9, title: 'Laboratory Technician' },
  { path: 'OU=Finance', people: 22, title: 'Controller', group: 'Finance Staff' },
  { path: 'OU=Accounting,OU=Finance', people: 26, title: 'Accountant', group: 'Accounting' },
  { path: 'OU=Human Resources', people: 17, title: 'HR Partner', group: 'HR Staff' },
  { path: 'OU=Legal', people: 9, title: 'Counsel', group: 'Legal Staff' },
  { path: 'OU=Marketing', people: 31, title: 'Marketing Specialist', group: 'Marketing Staff' },
  { path: 'OU=Information Technology', people: 19, title: 'System Administrator', group: 'IT Staff' },
  {
    path: 'OU=Help Desk,OU=Information Technology',
    people: 15,
    title: 'Help Desk Agent',
    group: 'Help Desk',
  },
  { path: 'OU=Executive', people: 7, title: 'Vice President', group: 'Executives' },
  { path: 'OU=Former Employees', people: 14, title: 'Former employee', isDisabled: true },
];

/** Containers without invented people. */
export const otherContainers = [
  'CN=Builtin',
  'CN=Computers',
  'OU=Domain Controllers',
  'CN=ForeignSecurityPrincipals',
  'OU=Groups',
  'OU=Service Accounts',
  'CN=Users',
] as const;

/** Programs that sign in: no phone, no e-mail, no given name. */
export const serviceAccounts = [
  'svc-backup',
  'svc-mail-gateway',
  'svc-monitoring',
  'svc-print',
  'svc-scanner',
  'svc-sql',
  'svc-vpn-radius',
  'svc-wiki',
] as const;

/** Accounts that every domain has; all but the first are disabled. */
export const builtInAccounts = [
  ['Administrator', 'Built-in account for administering the computer/domain'],
  ['Guest', 'Built-in account for guest access to the computer/domain'],
  ['krbtgt', 'Key Distribution Center Service Account'],
] as const;

export interface Group {
  name: string;
  description: string;
  /** Names of groups in it. */
  groups?: readonly string[];
  /** Account names of people in it. */
  people?: readonly string[];
  /** Members that are not in this domain. */
  foreign?: readonly string[];
}

/** Groups of groups. Reviewers and Project Aurora contain each other, which Active Directory allows. */
export const groups: readonly Group[] = [
  {
    name: 'All Sales',
    description: 'Everybody in sales',
    groups: ['Sales Staff', 'Inside Sales', 'Field Sales'],
  },
  {
    name: 'All Engineering',
    description: 'Everybody in engineering',
    groups: ['Engineering Leads', 'Platform Team', 'Quality Team', 'Research Team'],
  },
  {
    name: 'All Staff',
    description: 'Everybody with a desk',
    groups: ['All Sales', 'All Engineering', 'Finance Staff', 'Accounting', 'HR Staff', 'Legal Staff'].concat(
      ['Marketing Staff', 'IT Staff', 'Help Desk', 'Executives'],
    ),
  },
  {
    name: 'VPN Users',
    description: 'May connect from outside',
    groups: ['All Sales', 'IT Staff', 'Executives'],
  },
  {
    name: 'MFA Pilot',
    description: 'First to use multi-factor authentication',
    groups: ['Help Desk'],
    people: ['asmith', 'jmueller', 'ytanaka', 'jdoe', 'mgarcia'],
  },
  {
    name: 'Project Aurora',
    description: 'Members of the project',
    groups: ['Aurora Reviewers', 'Research Team'],
  },
  {
    name: 'Aurora Reviewers',
    description: 'Reviewers, all project members among them',
    groups: ['Project Aurora'],
    people: ['asmith'],
  },
  {
    name: 'Partner Access',
    description: 'Partners from a trusted domain',
    people: ['jdoe'],
    foreign: ['S-1-5-21-1004336348-1177238915-682003330-1107'],
  },
];
