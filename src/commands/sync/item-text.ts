import { countText } from '../../core/count-text.ts';
import type { SelectionComparison } from '../../core/sync/compare-selection.ts';
import type { ItemSelection, SyncItem } from '../../core/sync/sync-item.ts';

/** Whom an item takes, in a few words. */
export function selectionText(selection: ItemSelection): string {
  if (selection.scope === 'filter') return selection.filter;
  const filter = selection.userFilter === undefined ? '' : ` with ${selection.userFilter}`;
  const isDeep = selection.scope === 'container' ? selection.includeSubtree : selection.isRecursive;
  const depth = selection.scope === 'container' ? ' and below' : ' and groups in it';
  return `${selection.dn}${isDeep ? depth : ''}${filter}`;
}

export function leaversText({ leavers, removeAfterDays }: SyncItem): string {
  return removeAfterDays === null ? leavers : `${leavers} after ${removeAfterDays} days`;
}

export function itemFacts(item: SyncItem): [label: string, value: string | null][] {
  const { rules } = item;
  const yesNo = (value: boolean) => (value ? 'yes' : 'no');
  const once = (policy: string) => (policy === 'keepInStep' ? ', kept in step' : ', set once');
  const languages = [
    rules.languagePhoneCall,
    rules.languageTextMessage,
    rules.languageMobileApp,
    rules.languageOathToken,
  ];
  return [
    ['Name', item.name],
    ['State', item.enabled ? 'on' : 'off: its users stay as they are'],
    ['Takes', selectionText(item.selection)],
    ['Leavers', leaversText(item)],
    ['Add new users', yesNo(rules.addNew)],
    ['Update existing users', yesNo(rules.updateExisting)],
    ['Take over manual users', yesNo(rules.takeOver)],
    ['Phone, backup phone', `${rules.phone}, ${rules.backupPhone}`],
    ['Enable', rules.enable],
    ['Send email', rules.sendEmail],
    [
      'Method',
      rules.method === null
        ? 'as the company settings say'
        : [rules.method, rules.mode].filter((part) => part !== null).join(', ') + once(rules.methodPolicy),
    ],
    [
      'Languages (call, text, app, token)',
      languages.every((language) => language === null)
        ? 'as the company settings say'
        : languages.map((language) => language ?? '-').join(', ') + once(rules.languagePolicy),
    ],
    ['Changed', `${item.updatedAt} by ${item.updatedBy}`],
    ['Version', String(item.version)],
  ];
}

const mostNames = 20;

function namesText(names: readonly string[]): string {
  const more = names.length - mostNames;
  return names.slice(0, mostNames).join(', ') + (more > 0 ? ` and ${countText(more)} more` : '');
}

/** What another selection would mean, as a dry run tells it. */
export function comparisonFacts({
  found,
  others,
  lost,
}: SelectionComparison): [label: string, value: string | null][] {
  return [
    ['Would find', `${countText(found)} users, ${countText(others)} of them not its own yet`],
    ['Would find no more', lost.length === 0 ? 'nobody' : namesText(lost)],
  ];
}
