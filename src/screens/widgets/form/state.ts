import {
  reduceTextInput,
  type TextInputAction,
  type TextInputState,
  textInput,
} from '../text-input/state.ts';
import {
  acceptedText,
  type ChoiceFieldSpec,
  checkField,
  type FieldSpec,
  type FieldValue,
  type FormValues,
  isTyped,
  optionsOf,
  shownFields,
} from './field.ts';

interface Snapshot {
  readonly values: FormValues;
  readonly focus: string;
}

export interface FormState {
  readonly fields: readonly FieldSpec[];
  readonly values: FormValues;
  /** The values as they are stored; what differs is marked as changed. */
  readonly initial: FormValues;
  /** Id of the field with the focus. */
  readonly focus: string;
  /** Keys go into the field; after Esc they are commands again. */
  readonly isEditing: boolean;
  /** Text and cursor of the field with the focus. */
  readonly input: TextInputState;
  readonly problems: Readonly<Record<string, string>>;
  /** Passwords are shown. */
  readonly isRevealed: boolean;
  readonly undo: readonly Snapshot[];
  readonly redo: readonly Snapshot[];
  /** The field whose typing is one step of undo so far. */
  readonly typingIn: string | null;
}

export type FormAction =
  | { readonly type: 'focus'; readonly to: 'next' | 'previous' | { readonly id: string } }
  | { readonly type: 'edit'; readonly edit: TextInputAction }
  | { readonly type: 'choose'; readonly by: 1 | -1 }
  | { readonly type: 'toggle' }
  /** Sets several fields, as one step of undo. */
  | { readonly type: 'fill'; readonly values: FormValues }
  | { readonly type: 'editing'; readonly isEditing: boolean }
  | { readonly type: 'reveal'; readonly isRevealed: boolean }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  | { readonly type: 'problems'; readonly problems: Readonly<Record<string, string>> }
  /** These values are stored; what was changed meanwhile is not. */
  | { readonly type: 'saved'; readonly values: FormValues }
  /** Begins again with these values, as they are stored. */
  | { readonly type: 'load'; readonly values: FormValues };

const mostSteps = 200;

export function initialForm(fields: readonly FieldSpec[], values: FormValues): FormState {
  const first = openFields({ fields, values })[0] ?? fields[0];
  const state: FormState = {
    fields,
    values,
    initial: values,
    focus: first?.id ?? '',
    isEditing: true,
    input: textInput(),
    problems: {},
    isRevealed: false,
    undo: [],
    redo: [],
    typingIn: null,
  };
  return { ...state, input: inputOf(state) };
}

export function reduceForm(state: FormState, action: FormAction): FormState {
  switch (action.type) {
    case 'focus':
      return moveFocus(state, action.to);
    case 'edit':
      return edit(state, action.edit);
    case 'choose': {
      const field = focusedField(state);
      return field?.kind === 'choice' ? change(state, neighbour(field, state, action.by), null) : state;
    }
    case 'toggle':
      return focusedField(state)?.kind === 'toggle'
        ? change(state, focusedValue(state) !== true, null)
        : state;
    case 'fill':
      return fill(state, action.values);
    case 'editing':
      return { ...state, isEditing: action.isEditing, isRevealed: false, typingIn: null };
    case 'reveal':
      return { ...state, isRevealed: action.isRevealed };
    case 'undo':
      return travel(state, state.undo, 'redo');
    case 'redo':
      return travel(state, state.redo, 'undo');
    case 'problems':
      return showProblems(state, action.problems);
    case 'saved':
      return { ...state, initial: action.values, problems: {}, undo: [], redo: [], typingIn: null };
    case 'load': {
      const { fields, focus, isEditing } = state;
      const loaded = { ...initialForm(fields, action.values), focus, isEditing };
      return { ...loaded, input: inputOf(loaded) };
    }
  }
}

export function focusedField({ fields, focus }: FormState): FieldSpec | undefined {
  return fields.find(({ id }) => id === focus);
}

/** Whether the value of a field is not the stored one. */
export function isFieldChanged(
  { values, initial }: Pick<FormState, 'values' | 'initial'>,
  id: string,
): boolean {
  return (values[id] ?? '') !== (initial[id] ?? '');
}

/** Ids of the fields whose value is not the stored one. */
export function changedFields({ fields, values, initial }: FormState): string[] {
  return shownFields({ fields, values })
    .map(({ id }) => id)
    .filter((id) => isFieldChanged({ values, initial }, id));
}

/** The fields that may be changed. */
export function openFields(state: Pick<FormState, 'fields' | 'values'>): readonly FieldSpec[] {
  return shownFields(state).filter(({ lockedBecause }) => lockedBecause === undefined);
}

function focusedValue(state: FormState): FieldValue {
  return state.values[state.focus] ?? '';
}

function inputOf(state: FormState): TextInputState {
  const value = focusedValue(state);
  return textInput(typeof value === 'string' ? value : '');
}

function moveFocus(state: FormState, to: Extract<FormAction, { type: 'focus' }>['to']): FormState {
  const fields = openFields(state);
  // A form that may only be looked at is gone through all the same, because there may be more than is seen.
  const open = (fields.length > 0 ? fields : shownFields(state)).map(({ id }) => id);
  const at = open.indexOf(state.focus);
  const step = to === 'next' ? 1 : -1;
  const focus = typeof to === 'object' ? to.id : open[(at + step + open.length) % Math.max(1, open.length)];
  if (focus === undefined || !open.includes(focus)) return state;
  const left = withCheck(state);
  const moved = { ...left, focus, isRevealed: false, typingIn: null };
  return { ...moved, input: inputOf(moved) };
}

/** A field that was changed is checked when it is left, not while it is typed. */
function withCheck(state: FormState): FormState {
  const field = focusedField(state);
  if (field === undefined || !isFieldChanged(state, field.id)) return state;
  return { ...state, problems: withProblem(state.problems, field.id, checkField(field, state.values)) };
}

function withProblem(
  problems: FormState['problems'],
  id: string,
  problem: string | null,
): FormState['problems'] {
  const others = Object.fromEntries(Object.entries(problems).filter(([other]) => other !== id));
  return problem === null ? others : { ...others, [id]: problem };
}

function edit(state: FormState, action: TextInputAction): FormState {
  const field = focusedField(state);
  if (field === undefined || !isTyped(field)) return state;
  const accepted = action.type === 'insert' ? { ...action, text: acceptedText(field, action.text) } : action;
  const input = reduceTextInput(state.input, accepted);
  if (input.value === state.input.value) return { ...state, input };
  return { ...change(state, input.value, field.id), input };
}

/** Sets the value of the field with the focus. Typing in one field is one step of undo. */
function change(state: FormState, value: FieldValue, typingIn: string | null): FormState {
  const isSameStep = typingIn !== null && state.typingIn === typingIn;
  const snapshot = { values: state.values, focus: state.focus };
  return {
    ...state,
    values: { ...state.values, [state.focus]: value },
    problems: withProblem(state.problems, state.focus, null),
    undo: isSameStep ? state.undo : [...state.undo, snapshot].slice(-mostSteps),
    redo: [],
    typingIn,
  };
}

function fill(state: FormState, values: FormValues): FormState {
  const snapshot = { values: state.values, focus: state.focus };
  const filled = {
    ...state,
    values: { ...state.values, ...values },
    problems: Object.fromEntries(Object.entries(state.problems).filter(([id]) => !Object.hasOwn(values, id))),
    undo: [...state.undo, snapshot].slice(-mostSteps),
    redo: [],
    typingIn: null,
  };
  return { ...filled, input: inputOf(filled) };
}

function travel(state: FormState, from: readonly Snapshot[], other: 'undo' | 'redo'): FormState {
  const target = from.at(-1);
  if (target === undefined) return state;
  const here = { values: state.values, focus: state.focus };
  const stacks =
    other === 'redo'
      ? { undo: from.slice(0, -1), redo: [...state.redo, here] }
      : { redo: from.slice(0, -1), undo: [...state.undo, here] };
  const problems = Object.fromEntries(
    Object.entries(state.problems).filter(([id]) => target.values[id] === state.values[id]),
  );
  const moved = { ...state, ...stacks, ...target, problems, typingIn: null };
  return { ...moved, input: inputOf(moved) };
}

function showProblems(state: FormState, problems: FormState['problems']): FormState {
  const first = state.fields.find(({ id }) => problems[id] !== undefined);
  if (first === undefined) return { ...state, problems };
  const moved = { ...state, problems, focus: first.id, isEditing: true, typingIn: null };
  return { ...moved, input: inputOf(moved) };
}

function neighbour(field: ChoiceFieldSpec, state: FormState, by: 1 | -1): FieldValue {
  const options = optionsOf(field, state.values);
  const value = focusedValue(state);
  const at = options.findIndex(({ id }) => id === value);
  const next = options[at === -1 ? 0 : (at + by + options.length) % options.length];
  return next?.id ?? value;
}
