/** Elements of which nothing is read. */
const silent = /<(head|style|script|title)\b[\s\S]*?<\/\1\s*>|<!--[\s\S]*?-->/gi;
const element = /(<\/?[a-z][^>]*>|<![^>]*>)/i;

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** Elements that stand for themselves, with an empty line around them. */
const paragraphs = new Set(['p', 'ul', 'ol', 'table', 'blockquote', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
/** Elements that begin a line. */
const lines = new Set(['div', 'tr', 'hr', 'br', 'body', 'section']);

/** What a reader of an HTML mail reads, about as a text browser shows it. */
export function htmlText(html: string): string {
  /** The numbers of the lists that are open; null in one without numbers. */
  const lists: (number | null)[] = [];
  let text = '';
  const breakLine = (count: number) => {
    const ends = /\n*$/.exec(text)?.[0].length ?? 0;
    text = text.replace(/ +$/, '');
    if (text !== '') text += '\n'.repeat(Math.max(0, count - ends));
  };
  for (const piece of html.replace(silent, '').split(element)) {
    const [, slash, written = ''] = /^<(\/?)([a-z][a-z0-9]*)/i.exec(piece) ?? [];
    const name = written.toLowerCase();
    if (name === '') {
      if (piece.startsWith('<!')) continue;
      const words = decoded(piece.replace(/\s+/g, ' '));
      text += /(^|\s)$/.test(text) ? words.trimStart() : words;
      continue;
    }
    if (paragraphs.has(name)) breakLine(lists.length > 0 ? 1 : 2);
    if (lines.has(name)) breakLine(1);
    if (name === 'ul' || name === 'ol') {
      if (slash === '') lists.push(name === 'ol' ? 0 : null);
      else lists.pop();
    }
    if (name === 'li' && slash === '') {
      breakLine(1);
      text += `${'  '.repeat(Math.max(0, lists.length - 1))}${itemMark(lists)} `;
    }
    const [, address] = /\bhref\s*=\s*["']?([^"'\s>]+)/i.exec(piece) ?? [];
    if (name === 'a' && slash === '' && address !== undefined) text += `[${decoded(address)}] `;
  }
  return text.trim();
}

function itemMark(lists: (number | null)[]): string {
  const number = lists.pop() ?? null;
  lists.push(number === null ? null : number + 1);
  return number === null ? '-' : `${number + 1}.`;
}

function decoded(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return entities[String(name).toLowerCase()] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
