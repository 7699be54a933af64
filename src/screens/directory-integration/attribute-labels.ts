import type { AttributeField } from '../../core/directory/attributes.ts';
import { userLabels } from '../users/field-text.ts';

/** The fields that are read from a directory as administrators read them; those of users are called as there. */
export const attributeLabels: Readonly<Record<AttributeField, string>> = {
  ...userLabels,
  uniqueIdentifier: 'Unique identifier',
  uniqueIdentifierType: 'Identifier type',
  distinguishedName: 'Distinguished name',
  containerName: 'Container name',
  securityGroupName: 'Security group name',
  business: 'Business phone',
  home: 'Home phone',
  pager: 'Pager',
  mobile: 'Mobile phone',
  fax: 'Fax',
  ipPhone: 'IP phone',
  custom: 'Custom phone',
};
