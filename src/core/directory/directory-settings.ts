import * as z from 'zod';
import { directoryTypes } from './directory.ts';

/** How to reach the directory and how to read it. The bind password is a sealed secret, not part of this. */
export const directorySettingsSchema = z.object({
  type: z.enum(directoryTypes).default('sample'),
  /** `ldaps://host[:port]` or `ldap://host[:port]`, in the order they are tried. */
  urls: z.array(z.string()).default([]),
  /**
   * Finds further servers of a domain by DNS SRV; the protocol is that of all of them. As Global Catalogs they are
   * those of the forest that the domain is the root of.
   */
  discovery: z
    .object({
      domain: z.string(),
      protocol: z.enum(['ldaps', 'ldap']),
      globalCatalog: z.boolean().optional(),
    })
    .nullable()
    .default(null),
  baseDn: z.string().default(''),
  /** What protects an `ldap://` connection; `ldaps://` is always TLS. */
  security: z.enum(['startTls', 'none']).default('startTls'),
  /** The administrator said that a connection without TLS is acceptable. */
  acceptsPlain: z.boolean().default(false),
  /** PEM text of the authorities to trust instead of the system's; null trusts the system store. */
  ca: z.string().nullable().default(null),
  /** UPN or DN; null binds anonymously. */
  bindUser: z.string().nullable().default(null),
  /** Seconds for one connection or bind. */
  connectTimeoutSeconds: z.number().int().min(1).max(300).default(10),
  /** Seconds that the server may work on one page. */
  timeLimitSeconds: z.number().int().min(1).max(3600).default(300),
  pageSize: z.number().int().min(1).max(5000).default(500),
  filters: z
    .object({
      container: z.string().optional(),
      group: z.string().optional(),
      user: z.string().optional(),
    })
    .default({}),
  /** Attribute names by field; fields left out have the default of the directory's type. */
  attributes: z.record(z.string(), z.string()).default({}),
});

export type DirectorySettings = z.infer<typeof directorySettingsSchema>;

/** Settings that try this server first: changes can be read only from the server of the last run. */
export function preferringServer(settings: DirectorySettings, url: string): DirectorySettings {
  const others = settings.urls.filter((other) => other !== url);
  const isKnown = others.length < settings.urls.length || settings.discovery !== null;
  return isKnown ? { ...settings, urls: [url, ...others] } : settings;
}

/** Settings that know no other server: what belongs together must come from one. */
export function onlyServer(settings: DirectorySettings, url: string): DirectorySettings {
  return { ...settings, urls: [url], discovery: null };
}
