import { plainText } from '../../plain-text.ts';
import { AttributeMapper, accountControlAttribute, attributeMap } from '../attributes.ts';
import { type Finding, good } from './check.ts';
import type { BoundServer } from './doctor-rights.ts';
import { parseFilter } from './filter-text.ts';
import { filtersOf } from './filters-of.ts';
import { catalogProblem } from './global-catalog.ts';
import { PagingControl } from './paging-control.ts';
import { resultCode, resultError } from './result-errors.ts';

/** Reads some users as the settings say. */
export async function readSample(server: BoundServer): Promise<Finding> {
  const { url, settings, connection, baseDn, sampleLimit, signal } = server;
  const map = attributeMap(settings.type, settings.attributes);
  const mapper = new AttributeMapper(map);
  const filter = filtersOf(settings).user;
  const { entries, result } = await connection.search(
    {
      baseDn,
      scope: 'sub',
      filter: parseFilter(filter),
      attributes: mapper.attributes,
      binaryAttributes: map.uniqueIdentifierType === 'guid' ? [map.uniqueIdentifier] : [],
      controls: [new PagingControl(sampleLimit, Buffer.alloc(0))],
    },
    signal,
  );
  if (result.code !== resultCode.success && entries.length === 0) {
    throw resultError(result.code, result.diagnostics, { url: url, target: baseDn });
  }
  if (entries.length === 0) {
    return {
      ok: false,
      message: `No user was found below ${plainText(baseDn)} with the filter ${plainText(filter)}.`,
      advice: 'Check the base DN, the user filter, and the rights of the bind account.',
    };
  }
  const mapped = entries.map((entry) => mapper.map(entry));
  const unusable = mapped.find((one) => 'unusable' in one);
  if (unusable !== undefined && 'unusable' in unusable) {
    return {
      ok: false,
      message: `"${plainText(unusable.unusable.dn)}" was read, but ${unusable.unusable.reason}.`,
      advice: 'Check the unique identifier in the attributes, and the right of the bind account to read it.',
    };
  }
  const users = mapped.flatMap((one) => ('user' in one ? [one.user] : []));
  const names = users.map((user) => plainText(user.username ?? user.dn)).join(', ');
  const untold = users.find((user) => user.isAccountEnabled === null);
  if (settings.type === 'activeDirectory' && untold !== undefined) {
    return {
      ok: false,
      message: `"${plainText(untold.dn)}" was read, but not whether the account is disabled.`,
      advice: `Give the bind account the right to read ${accountControlAttribute}: users whose accounts are disabled stay enabled without it.`,
    };
  }
  const nameless = users.find((user) => user.username === null);
  if (nameless === undefined) return (await catalogGap(server, mapper.attributes)) ?? good(`Read ${names}.`);
  return {
    ok: false,
    message: `"${plainText(nameless.dn)}" was read, but has none of the username attributes ${map.username}.`,
    advice: 'Check the username attributes.',
  };
}

/** What the Global Catalog would hide; null where it hides nothing, or is not what is connected to. */
async function catalogGap(
  { connection, rootDse, signal }: BoundServer,
  attributes: readonly string[],
): Promise<Finding | null> {
  const error = await catalogProblem(connection, rootDse, attributes, signal);
  return error === null ? null : { ok: false, message: error.message, advice: error.advice ?? null };
}
