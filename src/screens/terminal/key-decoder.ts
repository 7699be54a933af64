import { readSequence } from './escape-sequence.ts';
import { type InputEvent, namedKey, typedKey } from './input-event.ts';
import { controlChord } from './key-names.ts';
import { keysOfSequence } from './sequence-keys.ts';

const pasteStart = '\x1b[200~';
const pasteEnd = '\x1b[201~';
/** Characters of one paste; more than anybody pastes into a field, and no way to fill the memory. */
const longestPaste = 1_000_000;

/** What the decoder waits for; whoever drives it calls `flush` when that does not come in time. */
export type Pending = 'nothing' | 'sequence' | 'paste' | 'rest';

/**
 * Turns the bytes of a terminal into keys. It holds no clock: after `push`, look at `pending`, and call
 * `flush` when nothing came for a while. However a stream is cut into packets, the keys are the same, as
 * long as nobody flushes in between.
 */
export class KeyDecoder {
  readonly #utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  #text = '';
  #pasted: string[] | null = null;
  #pastedLength = 0;
  /** A sequence that was given up at a flush; its rest may still arrive, and must not be typed. */
  #abandoned = '';
  #afterReturn = false;

  get pending(): Pending {
    if (this.#pasted !== null) return 'paste';
    if (this.#text !== '') return 'sequence';
    return this.#abandoned === '' ? 'nothing' : 'rest';
  }

  /** Takes a packet and returns the keys that are complete. */
  push(bytes: Uint8Array): readonly InputEvent[] {
    const text = this.#utf8.decode(bytes, { stream: true });
    if (text === '') return [];
    const events: InputEvent[] = [];
    this.#text += this.#withoutLateRest(text, events);
    this.#readAll(events);
    return events;
  }

  /** Says that nothing more came: a lone ESC is the Escape key, and a paste without an end has ended. */
  flush(): readonly InputEvent[] {
    const rest = this.#text;
    this.#text = '';
    if (this.#pasted !== null) {
      const events: InputEvent[] = [];
      this.#keepPasted(rest);
      this.#finishPaste(events);
      return events;
    }
    this.#abandoned = rest;
    if (rest === '\x1b') return [namedKey('escape')];
    if (rest === '\x1bO' || rest === '\x1b]' || rest === '\x1bP' || rest === '\x1b_') {
      this.#abandoned = rest === '\x1bO' ? rest : '';
      return [namedKey(`alt+${rest.slice(1)}`)];
    }
    return [];
  }

  #readAll(events: InputEvent[]): void {
    for (;;) {
      const taken = this.#pasted === null ? this.#readKey(events) : this.#readPaste(events);
      if (!taken) return;
    }
  }

  /** Reads one key from the beginning of the text; false when there is none that is complete. */
  #readKey(events: InputEvent[]): boolean {
    const text = this.#text;
    if (text === '') return false;
    if (text.startsWith('\x1b')) return this.#readEscape(events);
    const code = text.codePointAt(0) ?? 0;
    const character = String.fromCodePoint(code);
    this.#text = text.slice(character.length);
    // CR LF is one Enter, as some terminals and scripts send it.
    const followsReturn = this.#afterReturn;
    this.#afterReturn = code === 0x0d;
    if (code === 0x0a && followsReturn) return true;
    const chord = code < 0x20 || code === 0x7f ? controlChord(code) : null;
    if (chord !== null) events.push(namedKey(chord));
    else if (isTyped(code)) events.push(typedKey(character));
    return true;
  }

  #readEscape(events: InputEvent[]): boolean {
    const text = this.#text;
    const sequence = readSequence(text);
    if (sequence.kind === 'unfinished') return false;
    this.#afterReturn = false;
    if (sequence.kind === 'escape') {
      events.push(namedKey('escape'));
      this.#text = text.slice(1);
      return true;
    }
    this.#text = text.slice(sequence.length);
    if (text.startsWith(pasteStart)) {
      this.#pasted = [];
      this.#pastedLength = 0;
    } else if (sequence.kind === 'alt') {
      const character = text.slice(1, sequence.length);
      const code = character.charCodeAt(0);
      const name = code < 0x20 || code === 0x7f ? controlChord(code) : character;
      if (name !== null) events.push(namedKey(altChord(name === ' ' ? 'space' : name)));
    } else {
      events.push(...keysOfSequence(sequence));
    }
    return true;
  }

  #readPaste(events: InputEvent[]): boolean {
    const end = this.#text.indexOf(pasteEnd);
    if (end !== -1) {
      this.#keepPasted(this.#text.slice(0, end));
      this.#text = this.#text.slice(end + pasteEnd.length);
      this.#finishPaste(events);
      return true;
    }
    // The last characters may be the beginning of the end.
    const kept = startOfEnd(this.#text);
    this.#keepPasted(this.#text.slice(0, this.#text.length - kept));
    this.#text = this.#text.slice(this.#text.length - kept);
    return false;
  }

  #keepPasted(text: string): void {
    const part = text.slice(0, longestPaste - this.#pastedLength);
    if (part === '') return;
    this.#pasted?.push(part);
    this.#pastedLength += part.length;
  }

  #finishPaste(events: InputEvent[]): void {
    const text = (this.#pasted ?? []).join('').replace(/\r\n?/g, '\n');
    this.#pasted = null;
    if (text !== '') events.push({ type: 'paste', text });
  }

  /** What is left of a packet when its beginning is the late rest of an abandoned sequence. */
  #withoutLateRest(text: string, events: InputEvent[]): string {
    const started = this.#abandoned;
    this.#abandoned = '';
    if (started === '') return text;
    const whole = started + text;
    const sequence = readSequence(whole);
    const isComplete = sequence.kind === 'csi' || sequence.kind === 'ss3' || sequence.kind === 'console';
    if (!isComplete) return text;
    // Escape was already reported for a lone ESC, so its rest is swallowed; else the key comes late.
    if (started.length > 1 && !whole.startsWith(pasteStart)) events.push(...keysOfSequence(sequence));
    return whole.startsWith(pasteStart) ? whole : whole.slice(sequence.length);
  }
}

/** C1 controls and what was no UTF-8 are nobody's keys. */
function isTyped(code: number): boolean {
  return code < 0x7f || (code > 0x9f && code !== 0xfffd);
}

function altChord(name: string): string {
  return name.startsWith('ctrl+') ? `ctrl+alt+${name.slice(5)}` : `alt+${name}`;
}

/** How many of the last characters could begin the end of a paste. */
function startOfEnd(text: string): number {
  for (let length = Math.min(pasteEnd.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(pasteEnd.slice(0, length))) return length;
  }
  return 0;
}
