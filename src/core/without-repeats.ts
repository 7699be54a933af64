/** Tells the same thing once, however often it is found in a row. Events are plain data. */
export function withoutRepeats<Event>(onEvent: (event: Event) => void): (event: Event) => void {
  let last = '';
  return (event) => {
    const text = JSON.stringify(event);
    if (text !== last) onEvent(event);
    last = text;
  };
}
