const formula = /^'*[=+\-@\t\r]/;

/** What a spreadsheet would take for a formula gets an apostrophe in front, which {@link rearm} takes away. */
export function disarm(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

export function rearm(text: string): string {
  return text.startsWith("'") && formula.test(text) ? text.slice(1) : text;
}
