import { countOf } from '../../core/count-text.ts';
import { accountText } from '../../core/directory/account-text.ts';
import type { AttributeField } from '../../core/directory/attributes.ts';
import type { DirectoryUser } from '../../core/directory/directory.ts';
import type { FilterCounts } from '../../core/directory/directory-connection.ts';
import { fieldValues } from '../../core/directory/field-values.ts';
import type { Screen, ScreenContext } from '../shell/screen.ts';
import { waitFor } from '../shell/wait-for.ts';
import { reportDialog } from '../widgets/dialog/state.ts';
import { createFactsScroll } from '../widgets/facts/facts.ts';
import type { Fact } from '../widgets/facts/facts-lines.ts';
import { FactsView } from '../widgets/facts/facts-view.tsx';
import type { FormDialogOptions } from '../widgets/form-dialog/form-dialog.ts';
import { attributeLabels } from './attribute-labels.ts';
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
  isLookup: true,
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

/** Every field that is read, `-` for those without a value. */
export function personFacts(person: DirectoryUser): readonly Fact[] {
  const values = Object.entries(fieldValues(person)).map(
    ([field, value]) => [attributeLabels[field as AttributeField], value] as const,
  );
  const [identifier, dn, username, ...others] = values;
  const all = [
    ...[identifier, dn, username].filter((fact) => fact !== undefined),
    ['Second username', person.accountName] as const,
    ...others,
    ['Account', accountText(person)] as const,
  ];
  return all.map(([label, value]) => ({ label, value: value || '-' }));
}
