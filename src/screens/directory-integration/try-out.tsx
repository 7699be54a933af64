import type { DirectoryUser, PhoneSource } from '../../core/directory/directory.ts';
import type { FilterCounts } from '../../core/directory/directory-connection.ts';
import type { Screen, ScreenContext } from '../shell/screen.ts';
import { waitFor } from '../shell/wait-for.ts';
import { countOf } from '../text/count-text.ts';
import { reportDialog } from '../widgets/dialog/state.ts';
import { createFactsScroll } from '../widgets/facts/facts.ts';
import type { Fact } from '../widgets/facts/facts-lines.ts';
import { FactsView } from '../widgets/facts/facts-view.tsx';
import type { FormDialogOptions } from '../widgets/form-dialog/form-dialog.ts';
import type { DoctorSubject } from './doctor/screen.tsx';
import { subjectOf } from './doctor/subject.ts';

/** Says how many entries the filters find. */
export async function tryFilters(
  context: ScreenContext,
  { settings, password }: DoctorSubject,
): Promise<void> {
  const text = `Counting what the filters find at ${subjectOf(settings)}.`;
  const counts = await waitFor(context, 'Try the filters', text, (signal) =>
    context.core.directoryConnection.countByFilter(settings, password, signal),
  );
  if (counts === undefined) return;
  const where = settings.baseDn === '' ? 'Found:' : `Found below ${settings.baseDn}:`;
  await context.overlays.ask(reportDialog('Try the filters', where, filterLines(counts)));
}

export function filterLines({ container, group, user }: FilterCounts): readonly string[] {
  return [countOf(container, 'container'), countOf(group, 'security group'), countOf(user, 'user')];
}

/** Shows the values that somebody of the directory would get. */
export async function tryAttributes(
  context: ScreenContext,
  { settings, password }: DoctorSubject,
): Promise<void> {
  const values = await context.overlays.fill(personForm);
  if (values === null) return;
  const wanted = String(values.who).trim();
  const text = `Looking for ${wanted} at ${subjectOf(settings)}.`;
  const person = await waitFor(context, 'Try the attributes', text, (signal) =>
    context.core.directoryConnection.findPerson(settings, password, wanted, signal),
  );
  if (person === undefined) return;
  if (person === null) context.status.say(`Nobody was found who is called ${wanted}.`, 'warning');
  else context.open(personScreen(person));
}

const personForm: FormDialogOptions = {
  title: 'Try the attributes',
  text: 'Shows what somebody would get. The first who is found is taken.',
  fields: [
    {
      kind: 'text',
      id: 'who',
      label: 'Who',
      isRequired: true,
      placeholder: 'such as jdoe',
      help: 'Part of a name, username or e-mail address, or an LDAP filter.',
    },
  ],
  values: { who: '' },
  label: 'Show',
};

function personScreen(person: DirectoryUser): Screen {
  const scroll = createFactsScroll();
  const facts = personFacts(person);
  return {
    title: () => person.username ?? person.dn,
    wantsWidth: true,
    layer: { name: 'person of the directory', commands: scroll.commands },
    state: scroll,
    draw: (width, height) => <FactsView facts={facts} scroll={scroll} width={width} height={height} />,
  };
}

const phoneLabels: Record<PhoneSource, string> = {
  mobile: 'Mobile phone',
  business: 'Business phone',
  home: 'Home phone',
  pager: 'Pager',
  fax: 'Fax',
  ipPhone: 'IP phone',
  custom: 'Custom phone',
};

/** Every field that is read, `-` for those without a value. */
export function personFacts(person: DirectoryUser): readonly Fact[] {
  const phones = (Object.keys(phoneLabels) as PhoneSource[]).map(
    (source) => [phoneLabels[source], person.phones[source]] as const,
  );
  const all: readonly (readonly [string, string | null | undefined])[] = [
    ['Unique identifier', person.directoryId],
    ['Distinguished name', person.dn],
    ['Username', person.username],
    ['Second username', person.accountName],
    ['First name', person.firstName],
    ['Last name', person.lastName],
    ['E-mail', person.email],
    ['User group', person.userGroup],
    ['Description', person.description],
    ...phones,
    ['Extension', person.extension],
    ['Phone call language', person.languagePhoneCall],
    ['Text message language', person.languageTextMessage],
    ['Mobile app language', person.languageMobileApp],
    ['OATH token language', person.languageOathToken],
    ['Account', person.isAccountEnabled ? 'enabled' : 'disabled'],
  ];
  return all.map(([label, value]) => ({ label, value: value || '-' }));
}
