/** How a text message travels. */
export interface MessageParts {
  readonly encoding: 'GSM-7' | 'UCS-2';
  /** Characters as the network counts them. */
  readonly characters: number;
  /** Messages that are sent and billed. */
  readonly parts: number;
}

/** The alphabet of 3GPP TS 23.038 6.2.1; those of its extension count twice. */
const basic =
  '@\u00a3$\u00a5\u00e8\u00e9\u00f9\u00ec\u00f2\u00c7\n\u00d8\u00f8\r\u00c5\u00e5\u0394_\u03a6\u0393\u039b\u03a9\u03a0\u03a8\u03a3\u0398\u039e\u00c6\u00e6\u00df\u00c9 !"#\u00a4%&\'()*+,-./0123456789:;<=>?' +
  '\u00a1ABCDEFGHIJKLMNOPQRSTUVWXYZ\u00c4\u00d6\u00d1\u00dc\u00a7\u00bfabcdefghijklmnopqrstuvwxyz\u00e4\u00f6\u00f1\u00fc\u00e0';
const extended = '^{}\\[~]|\u20ac\f';

/** In how many parts a text is sent. One sign outside the alphabet makes all of it travel in 16 bits for each. */
export function messageParts(text: string): MessageParts {
  const signs = [...text];
  if (signs.every((sign) => basic.includes(sign) || extended.includes(sign))) {
    const characters = signs.reduce((sum, sign) => sum + (basic.includes(sign) ? 1 : 2), 0);
    return { encoding: 'GSM-7', characters, parts: characters <= 160 ? 1 : Math.ceil(characters / 153) };
  }
  const characters = text.length;
  return { encoding: 'UCS-2', characters, parts: characters <= 70 ? 1 : Math.ceil(characters / 67) };
}
