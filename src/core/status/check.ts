import type { Check } from '../directory/ldap/check.ts';

export type { Check };

export function passed(name: string, message: string): Check {
  return { name, ok: true, message, advice: null };
}

export function failed(name: string, message: string, advice: string | null): Check {
  return { name, ok: false, message, advice };
}
