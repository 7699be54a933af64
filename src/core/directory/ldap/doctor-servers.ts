import { isMfaError } from '../../errors.ts';
import type { DirectoryServers } from '../directory-servers.ts';
import type { DirectorySettings } from '../directory-settings.ts';
import { type Finding, good } from './check.ts';

/** The servers to test; there is something to say about them where none is named, or DNS is asked. */
export async function findServers(
  settings: DirectorySettings,
  servers: DirectoryServers,
): Promise<{ finding: Finding | null; urls: readonly string[] }> {
  const { discovery } = settings;
  const named = [...settings.urls];
  if (discovery === null) return { finding: named.length > 0 ? null : noServers, urls: named };
  try {
    const known = await servers.all({ ...settings, urls: [] });
    const message = `DNS knows for ${discovery.domain}: ${known.join(', ')}.`;
    return { finding: good(message), urls: [...new Set([...named, ...known])] };
  } catch (error) {
    if (!isMfaError(error)) throw error;
    const { message, advice = null } = error;
    if (named.length === 0) return { finding: { ok: false, message, advice }, urls: [] };
    return { finding: { ok: true, message, advice: onlyNamed }, urls: named };
  }
}

const noServers: Finding = {
  ok: false,
  message: 'No directory server is configured.',
  advice: 'Name one, such as ldaps://dc1.corp.example.',
};

const onlyNamed =
  'Only the servers that are named are used. Check the name of the domain and the DNS servers of this machine.';
