/** What a field holds: text as it is typed, the id of a choice, or yes and no. */
export type FieldValue = string | boolean;

export type FormValues = Readonly<Record<string, FieldValue>>;

interface FieldBase {
  readonly id: string;
  readonly label: string;
  /** Under the field while it has the focus. */
  readonly help?: string | ((values: FormValues) => string);
  readonly isRequired?: boolean;
  /** False leaves it out of the form: it is neither drawn nor reached nor checked. Default: always there. */
  isShown?(values: FormValues): boolean;
  /** Why it cannot be changed, as a sentence; it is shown and passed over. Empty where it needs no saying. */
  readonly lockedBecause?: string | undefined;
  /** The problem with a value, as a sentence, or null. Called with all values for rules over several. */
  check?(value: FieldValue, values: FormValues): string | null;
  /** Whether `check` is asked about an empty value, too. */
  readonly checksEmpty?: boolean;
}

export interface TextFieldSpec extends FieldBase {
  /** `phone` takes only what is written in numbers: digits, + ( ) - . , * # x and spaces. */
  readonly kind: 'text' | 'phone';
  readonly placeholder?: string;
  /** Takes all columns of its line. */
  readonly isWide?: boolean;
}

/** Masked; shown only while its key is held. Never put into messages. */
export interface PasswordFieldSpec extends FieldBase {
  readonly kind: 'password';
  readonly placeholder?: string;
}

export interface NumberFieldSpec extends FieldBase {
  readonly kind: 'number';
  readonly least: number;
  readonly most: number;
  /** Shown while it is empty. */
  readonly placeholder?: string;
  /** Written behind the field: "minutes". */
  readonly unit?: string;
}

export interface Option {
  readonly id: string;
  readonly label: string;
}

export interface ChoiceFieldSpec extends FieldBase {
  readonly kind: 'choice';
  /** What there is to choose from, where it depends on other fields with their values. */
  readonly options: readonly Option[] | ((values: FormValues) => readonly Option[]);
}

/** A text of several lines, which is edited on a screen of its own. */
export interface LinesFieldSpec extends FieldBase {
  readonly kind: 'lines';
  readonly placeholder?: string;
}

export interface ToggleFieldSpec extends FieldBase {
  readonly kind: 'toggle';
}

export type FieldSpec =
  | TextFieldSpec
  | PasswordFieldSpec
  | NumberFieldSpec
  | ChoiceFieldSpec
  | LinesFieldSpec
  | ToggleFieldSpec;

export function optionsOf({ options }: ChoiceFieldSpec, values: FormValues): readonly Option[] {
  return typeof options === 'function' ? options(values) : options;
}

/** Whether letters are text in this field. */
export function isTyped(field: FieldSpec | undefined): boolean {
  return field !== undefined && !['choice', 'toggle', 'lines'].includes(field.kind);
}

/** The fields that are there with these values. */
export function shownFields<Field extends FieldSpec>({
  fields,
  values,
}: {
  readonly fields: readonly Field[];
  readonly values: FormValues;
}): readonly Field[] {
  return fields.filter(({ isShown }) => isShown?.(values) ?? true);
}

/** What of a typed text a field takes. */
export function acceptedText(field: FieldSpec, text: string): string {
  if (field.kind === 'number') return text.replace(/[^\d-]/g, '');
  if (field.kind === 'phone') return text.replace(/[^\d+() .,*#x-]/g, '');
  return text;
}

/** The problem with one value, as a sentence, or null. */
export function checkField(field: FieldSpec, values: FormValues): string | null {
  const value = values[field.id] ?? '';
  if (typeof value === 'string' && value.trim() === '') {
    if (field.isRequired === true) return `${field.label} is needed.`;
    return field.checksEmpty === true ? (field.check?.(value, values) ?? null) : null;
  }
  if (field.kind === 'number') {
    const number = Number(value);
    if (!Number.isInteger(number) || number < field.least || number > field.most) {
      return `Type a whole number from ${field.least} to ${field.most}.`;
    }
  }
  return field.check?.(value, values) ?? null;
}

/** All problems by field. */
export function checkForm(
  fields: readonly FieldSpec[],
  values: FormValues,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    shownFields({ fields, values }).flatMap((field) => {
      const problem = checkField(field, values);
      return problem === null ? [] : [[field.id, problem] as const];
    }),
  );
}
