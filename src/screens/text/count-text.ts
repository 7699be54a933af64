/** `100,000`. */
export function countText(count: number): string {
  return count.toLocaleString('en-US');
}

/** `1 user`, `2 users`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}
