/**
 * An address that is written `local@domain` and nothing more: no name, no list, no line break or other sign that
 * could become a header or a second command of SMTP (RFC 5321 4.5.3.1 limits the lengths).
 */
export function isMailAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s\p{C}@<>"(),:;\\[\]]{1,64}@[^\s\p{C}@<>"(),:;\\[\]]+$/u.test(text);
}
