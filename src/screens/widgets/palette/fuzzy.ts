/**
 * How well a typed text matches a name: every character must occur in order, without regard to case. Higher is
 * better; null is no match. Beginnings of words and neighbours count most, so `au` finds "Add user" first.
 */
export function fuzzyScore(typed: string, name: string): number | null {
  const wanted = typed.toLowerCase().replace(/\s+/g, '');
  const text = name.toLowerCase();
  if (wanted === '') return 0;
  const whole = text.indexOf(typed.toLowerCase().trim());
  if (whole !== -1) return 1000 - whole + (isWordStart(text, whole) ? 500 : 0);
  let score = 0;
  let from = 0;
  let previous = -2;
  for (const character of wanted) {
    const index = bestIndex(text, character, from, previous);
    if (index === -1) return null;
    score += index === previous + 1 ? 8 : 0;
    score += isWordStart(text, index) ? 10 : 0;
    score -= Math.min(5, index - from);
    previous = index;
    from = index + 1;
  }
  return score;
}

/** The next occurrence that goes on with the last one or begins a word, else the next at all. */
function bestIndex(text: string, character: string, from: number, previous: number): number {
  if (text[previous + 1] === character && previous + 1 >= from) return previous + 1;
  for (let index = text.indexOf(character, from); index !== -1; index = text.indexOf(character, index + 1)) {
    if (isWordStart(text, index)) return index;
  }
  return text.indexOf(character, from);
}

function isWordStart(text: string, index: number): boolean {
  return index === 0 || /[\s:./-]/.test(text.charAt(index - 1));
}
