import type { Language } from '../../users/method.ts';

/** Variables and tags, which are neither taken apart nor escaped. */
const liquid = /(<\$[\s\S]*?\$>|\{%[\s\S]*?%\})/;
const tag = /^\{%-?\s*(?<end>end)?(?<name>\w+)/;
const enclosing = new Set(['if', 'unless', 'for', 'case', 'capture', 'tablerow', 'comment', 'raw']);

/**
 * The HTML that says what a plain text says: a paragraph for what stands between empty lines, lists for lines that
 * are all numbered or all begin with a dash. Both are Liquid. Tags around a paragraph stay around it.
 */
export function htmlOfText(text: string, language: Language): string {
  const body = paragraphsOf(text.trim()).map(paragraphHtml).join('');
  return `<!doctype html>\n<html lang="${language}">\n<meta charset="utf-8">\n<body>\n${body}</body>\n</html>\n`;
}

/** What stands between empty lines, as pieces of which every second one is a variable or a tag. */
function paragraphsOf(text: string): string[][] {
  const paragraphs: string[][] = [[]];
  for (const [index, piece] of text.split(liquid).entries()) {
    const [first = '', ...others] = index % 2 === 1 ? [piece] : piece.split(/\n(?:[ \t]*\n)+/);
    paragraphs.at(-1)?.push(first);
    for (const other of others) paragraphs.push([other]);
  }
  return paragraphs;
}

function paragraphHtml(pieces: readonly string[]): string {
  const start = pieces.findIndex((piece) => !isTag(piece) && piece.trim() !== '');
  if (start === -1) return pieces.join('');
  const end = endOfContent(pieces, start);
  const content = pieces.slice(start, end).map(escapePiece).join('').trim();
  return `${pieces.slice(0, start).join('')}${block(content)}${pieces.slice(end).join('')}`;
}

/** Tags at the end that close what was opened outside stand outside, too. */
function endOfContent(pieces: readonly string[], start: number): number {
  let end = pieces.length;
  while (end > start + 1 && pieces[end - 1]?.trim() === '') end--;
  while (end > start + 1 && isTag(pieces[end - 1]) && closes(pieces.slice(start, end)) > 0) {
    end--;
    while (end > start + 1 && pieces[end - 1]?.trim() === '') end--;
  }
  return end;
}

/** How many tags are closed here that were opened before. */
function closes(pieces: readonly string[]): number {
  const changes = pieces.map((piece): number => {
    const { end, name = '' } = tag.exec(piece)?.groups ?? {};
    if (end !== undefined) return 1;
    return enclosing.has(name) ? -1 : 0;
  });
  return changes.reduce((sum, change) => sum + change, 0);
}

function block(content: string): string {
  const lines = content.split('\n');
  const list = (mark: RegExp, element: string) =>
    `<${element}>\n${lines.map((line) => `<li>${line.replace(mark, '')}</li>\n`).join('')}</${element}>\n`;
  if (lines.every((line) => /^\d+\. /.test(line))) return list(/^\d+\. /, 'ol');
  if (lines.every((line) => /^[-*] /.test(line))) return list(/^[-*] /, 'ul');
  return `<p>${lines.join('<br>\n')}</p>\n`;
}

function isTag(piece: string | undefined): boolean {
  return piece?.startsWith('{%') === true;
}

function escapePiece(piece: string): string {
  if (isTag(piece) || piece.startsWith('<$')) return piece;
  return piece.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
