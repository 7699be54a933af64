import { plainText } from '../../plain-text.ts';
import { isGlobalCatalog } from '../forest.ts';
import type { Finding } from './check.ts';
import { isAtOrBelow, normalizeDn } from './distinguished-name.ts';
import type { RootDse } from './root-dse.ts';

/** What is to be said of a base DN that leaves out domains which are to be included; null when it leaves out none. */
export function forestGap(url: string, { rootDomainNamingContext }: RootDse, baseDn: string): Finding | null {
  if (!isGlobalCatalog(url) || rootDomainNamingContext === '') return null;
  if (isAtOrBelow(normalizeDn(rootDomainNamingContext), normalizeDn(baseDn))) return null;
  return {
    ok: true,
    message: `The base DN ${plainText(baseDn)} is there, and leaves out the other domains of the forest.`,
    advice: `To include them, begin at the forest's root domain ${plainText(rootDomainNamingContext)}.`,
  };
}
