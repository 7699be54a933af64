/**
 * Text from a directory or a file as it may be shown: control characters (escape sequences among them) and
 * the invisible marks that turn the direction of writing are replaced, so that a name cannot steer a terminal
 * or break a layout.
 */
export function plainText(text: string): string {
  return harmless.test(text) ? text : text.replace(unprintable, '\u{fffd}');
}

const harmless = /^[\x20-\x7e]*$/;
/** C0, DEL, C1; zero-width and direction marks; line and paragraph separators; the byte order mark. */
const unprintable = /[\0-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
const directionMarks = /[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A value as it may be put into a text that is sent: on one line, and without marks that disguise what follows it. */
export function oneLine(value: string): string {
  return value.replace(lineBreakers, ' ').trim();
}

/** C0, DEL, C1, line and paragraph separators, and marks that turn the direction of what follows. */
const lineBreakers = /[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+/g;

/** JSON in which those characters are written as escapes: the same value, harmless on a terminal. */
export function harmlessJson(value: unknown): string {
  return JSON.stringify(value).replace(
    directionMarks,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
