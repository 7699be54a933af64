import { isMfaError } from '../../errors.ts';
import type { DirectoryServers } from '../directory-servers.ts';
import type { DirectorySettings } from '../directory-settings.ts';
import { type Finding, good } from './check.ts';

/** The servers to test; there is something to say about them where none is named, or DNS is asked. */
export async function findServers(
  settings: DirectorySettings,
  servers: DirectoryServers,
): Promise<{ finding: Finding | null; urls: readonly string[] }> {
  try {
    const urls = await servers.all(settings);
    if (urls.length > 0) {
      const { discovery } = settings;
      const found = `With those that DNS knows for ${discovery?.domain} there are ${urls.join(', ')}.`;
      return { finding: discovery === null ? null : good(found), urls };
    }
    const message = 'No directory server is configured.';
    const advice = 'Name one, such as ldaps://dc1.corp.example.';
    return { finding: { ok: false, message, advice }, urls };
  } catch (error) {
    if (!isMfaError(error)) throw error;
    return { finding: { ok: false, message: error.message, advice: error.advice ?? null }, urls: [] };
  }
}
