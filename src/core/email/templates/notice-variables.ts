import type { NoticeKind } from './template-key.ts';

/** What mails to administrators may speak of. All are text on one line; what is not known is an empty text. */
export const noticeVariables = {
  syncAwaitingApproval: {
    server: ['the machine that synchronizes', 'srv-core-01'],
    run: ['the number of the run', '118'],
    to_disable: ['how many users it would disable', '44'],
    to_remove: ['how many users it would remove', '2'],
    approval_count: ['the setting approvalCount of synchronization', '5'],
    approval_percent: ['the setting approvalPercent of synchronization', '20'],
    reasons: ['why it has to wait', '44 users would be disabled, and more than 5 need approval'],
    users: ['the first 20 of them', 'amara.lindqvist, bsmith, ccole'],
    more_users: ['how many more there are', '43'],
    added: ['how many users it has added', '3'],
    updated: ['how many users it has changed', '17'],
    disabled: ['how many users it has disabled', '0'],
    removed: ['how many users it has removed', '0'],
    company_name: ['the company setting companyName', 'Contoso'],
  },
  syncFailing: {
    server: ['the machine that synchronizes', 'srv-core-01'],
    run: ['the number of the last run', '231'],
    failing_since: ['when the first attempt failed', '2026-03-02 10:00 UTC'],
    failures: ['how many attempts in a row have failed', '27'],
    error: ['what went wrong last', 'dc1.contoso.test:636 does not answer.'],
    company_name: ['the company setting companyName', 'Contoso'],
  },
} as const satisfies Record<NoticeKind, Record<string, readonly [meaning: string, sample: string]>>;

export type NoticeVariable<Kind extends NoticeKind> = keyof (typeof noticeVariables)[Kind] & string;
/** What the variables of a kind stand for in one mail. */
export type NoticeValues<Kind extends NoticeKind> = Readonly<Record<NoticeVariable<Kind>, string>>;
