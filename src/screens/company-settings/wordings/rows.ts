import type { Core } from '../../../core/core.ts';
import { languageNames, methodNames, modeNames } from '../../../core/users/method.ts';
import { builtInWording } from '../../../core/wordings/built-in-wordings.ts';
import { allWordingKeys, type WordingKey, wordingName } from '../../../core/wordings/wording-key.ts';
import type { TableColumn } from '../../widgets/table/columns.ts';

/** A wording as it counts. */
export interface WordingRow {
  readonly key: WordingKey;
  readonly text: string;
  readonly isEdited: boolean;
}

/** All of them, in the order of documents. */
export function wordingRows({ wordings }: Pick<Core, 'wordings'>): readonly WordingRow[] {
  const { overrides } = wordings.load();
  return allWordingKeys().map((key) => {
    const edited = overrides[wordingName(key)];
    return { key, text: edited ?? builtInWording(key), isEdited: edited !== undefined };
  });
}

export const idOfWording = ({ key }: WordingRow): string => wordingName(key);

/** `Text message, One-way OTP, German`. */
export function wordingTitle({ method, mode, language }: WordingKey): string {
  return `${methodNames[method]}, ${modeNames[mode]}, ${languageNames[language]}`;
}

export const wordingColumns: readonly TableColumn<WordingRow>[] = [
  { id: 'method', title: 'Method', minWidth: 12, value: ({ key }) => methodNames[key.method] },
  { id: 'mode', title: 'Mode', minWidth: 17, value: ({ key }) => modeNames[key.mode] },
  { id: 'language', title: 'Language', minWidth: 10, value: ({ key }) => languageNames[key.language] },
  {
    id: 'edited',
    title: 'Edited',
    minWidth: 6,
    value: ({ isEdited }) => (isEdited ? 'edited' : ''),
    token: ({ isEdited }) => (isEdited ? 'accent' : undefined),
  },
  { id: 'text', title: 'Text', minWidth: 12, flex: 1, value: ({ text }) => text.replaceAll('\n', ' ') },
];
