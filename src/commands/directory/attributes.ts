import type { Command } from 'commander';
import { attributeFields, attributeMap } from '../../core/directory/attributes.ts';
import type { DirectorySettings } from '../../core/directory/directory-settings.ts';
import { attributeField, withAttributes } from '../../core/directory/mapping.ts';
import { MfaError } from '../../core/errors.ts';
import { act, examples } from '../act.ts';
import { parseAssignments } from '../assignments.ts';
import type { CommandContext, CommonOptions } from '../context.ts';
import { printFacts, printJson, printTable, write } from '../output.ts';
import { changeMapping } from './change-mapping.ts';

/** Adds the verbs for the attributes that the fields of users are read from. */
export function defineAttributes(command: Command): void {
  const attributes = command
    .command('attributes')
    .description('show and change which attribute each field is read from');
  attributes
    .command('get [field]')
    .description('show the attributes, or that of one field')
    .addHelpText(
      'after',
      `\nFields: ${attributeFields.join(', ')}.\n${examples([
        'directory attributes get mobile',
        'where the mobile phone comes from',
      ])}`,
    )
    .action(act(getAttributes));
  attributes
    .command('set <field=attribute...>')
    .description('change where fields are read from; an empty attribute is none')
    .addHelpText(
      'after',
      examples(
        ['directory attributes set mobile=otherMobile languagePhoneCall=preferredLanguage', 'change two'],
        ['directory attributes set "username=mail;uid"', 'the second is taken when the first is empty'],
        ['directory attributes set uniqueIdentifier=entryUUID uniqueIdentifierType=text', 'recognize people'],
      ),
    )
    .action(act(setAttributes));
  attributes
    .command('reset [field...]')
    .description('go back to the defaults, of all fields or of some')
    .addHelpText('after', examples(['directory attributes reset', 'restore all defaults']))
    .action(act(resetAttributes));
  attributes
    .command('try <user> [field=attribute...]')
    .description('show what somebody would get, with attributes that are saved or not')
    .addHelpText(
      'after',
      examples([
        'directory attributes try jdoe mobile=otherMobile',
        'see whether another attribute is better',
      ]),
    )
    .action(act(tryAttributes));
}

async function getAttributes(context: CommandContext, _: CommonOptions, field?: string): Promise<undefined> {
  const { settings } = (await context.core()).directoryConnection.load();
  const attributes = attributeTexts(settings);
  if (field !== undefined) {
    const known = attributeField(field);
    if (context.options.json) await printJson({ attributes: { [known]: attributes[known] } });
    else await write(`${attributes[known] || 'none'}\n`);
  } else if (context.options.json) {
    await printJson({ attributes, changed: Object.keys(settings.attributes) });
  } else {
    await printFacts(attributeFields.map((one) => [one, attributes[one] || 'none'] as const));
  }
}

async function setAttributes(
  context: CommandContext,
  _: CommonOptions,
  ...operands: string[]
): Promise<undefined> {
  await changeMapping(context, 'attributes', (settings) => withOperands(settings, operands), attributeTexts);
}

async function resetAttributes(
  context: CommandContext,
  _: CommonOptions,
  ...names: string[]
): Promise<undefined> {
  const chosen = names.length === 0 ? attributeFields : names.map(attributeField);
  const reset = (settings: DirectorySettings) => {
    const defaults = attributeMap(settings.type, {});
    return withAttributes(settings, Object.fromEntries(chosen.map((field) => [field, defaults[field]])));
  };
  await changeMapping(context, 'attributes', reset, attributeTexts);
}

async function tryAttributes(
  context: CommandContext,
  _: CommonOptions,
  name = '',
  ...operands: string[]
): Promise<undefined> {
  const { directoryConnection } = await context.core();
  const settings = withOperands(directoryConnection.load().settings, operands);
  const user = await directoryConnection.findPerson(settings, undefined, name, context.signal);
  if (user === null) {
    throw new MfaError('directory.entryNotFound', `Nobody in the directory is called "${name}".`, {
      advice: '"mfa-console directory search" finds people.',
    });
  }
  if (context.options.json) {
    await printJson({ user });
    return;
  }
  const { fieldValues } = await import('../../core/directory/field-values.ts');
  const attributes = attributeTexts(settings);
  await printTable(Object.entries(fieldValues(user)), [
    { title: 'Field', value: ([field]) => field },
    { title: 'Attribute', value: ([field]) => attributes[field] || 'none' },
    { title: 'Value', value: ([, value]) => value },
  ]);
}

function withOperands(settings: DirectorySettings, operands: readonly string[]): DirectorySettings {
  const given = parseAssignments(operands, 'mobile=otherMobile');
  return withAttributes(
    settings,
    Object.fromEntries([...given].map(([field, attribute]) => [attributeField(field), attribute])),
  );
}

function attributeTexts({ type, attributes }: DirectorySettings): Record<string, string> {
  return attributeMap(type, attributes);
}
