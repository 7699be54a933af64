import type { Attachment, NewAttachment } from '../../../../core/email/attachment.ts';
import type { MailTemplate } from '../../../../core/email/templates/mail-templates.ts';
import {
  differentParts,
  htmlSourceOf,
  type TemplatePart,
  type TemplateSource,
  type TypedPart,
  templateParts,
} from '../../../../core/email/templates/template-source.ts';
import { maximumTemplateLength } from '../../../../core/liquid/liquid-engine.ts';
import type { Language } from '../../../../core/users/method.ts';
import { createTextArea, type TextArea } from '../../../widgets/text-area/text-area.ts';

/** Where the HTML comes from; see `HtmlPart`. */
export type HtmlKind = 'fromText' | 'none' | 'own';

export interface TemplateEditorState {
  /** As it was read. */
  readonly loaded: MailTemplate;
  readonly areas: Readonly<Record<TypedPart, TextArea>>;
  readonly attachments: readonly Attachment[];
  /** The bytes of those that were attached here. */
  readonly files: readonly NewAttachment[];
  readonly htmlKind: HtmlKind;
  readonly focus: TemplatePart;
  /** Keys go into the part; after Esc they are commands. */
  readonly isEditing: boolean;
  /** Grows with every change of a text. */
  readonly revision: number;
}

export type TemplateEditorAction =
  | { readonly type: 'load'; readonly loaded: MailTemplate; readonly areas: TemplateEditorState['areas'] }
  | { readonly type: 'focus'; readonly to: 'next' | 'previous' | TemplatePart }
  | { readonly type: 'editing'; readonly isEditing: boolean }
  | { readonly type: 'html'; readonly kind: HtmlKind; readonly area: TextArea }
  | { readonly type: 'attach'; readonly file: NewAttachment }
  | { readonly type: 'detach'; readonly name: string }
  | { readonly type: 'text-changed' };

/** Not longer than a template may be, so that pasting the wrong thing does not fill the memory. */
const longest = maximumTemplateLength;

/** A text for each part. HTML that is not its own begins with what would be sent. */
export function areasOf(source: TemplateSource, language: Language): TemplateEditorState['areas'] {
  return {
    subject: createTextArea({ text: source.subject, isOneLine: true, longest }),
    cc: createTextArea({ text: source.cc.join('\n'), longest }),
    text: createTextArea({ text: source.text, longest }),
    html: createTextArea({ text: htmlSourceOf(source, language) ?? '', longest }),
  };
}

export function initialEditor(
  loaded: MailTemplate,
  areas: TemplateEditorState['areas'],
): TemplateEditorState {
  const htmlKind = htmlKindOf(loaded.source);
  const { attachments } = loaded.source;
  return { loaded, areas, attachments, files: [], htmlKind, focus: 'text', isEditing: true, revision: 0 };
}

export function reduceEditor(state: TemplateEditorState, action: TemplateEditorAction): TemplateEditorState {
  const revision = state.revision + 1;
  switch (action.type) {
    case 'load': {
      const { focus, isEditing } = state;
      return { ...initialEditor(action.loaded, action.areas), focus, isEditing, revision };
    }
    case 'focus':
      return { ...state, focus: partAt(state.focus, action.to) };
    case 'editing':
      return { ...state, isEditing: action.isEditing };
    case 'html':
      return { ...state, htmlKind: action.kind, areas: { ...state.areas, html: action.area }, revision };
    case 'attach': {
      const { file } = action;
      const others = withoutNamed(state.attachments, file.attachment.name);
      return { ...state, attachments: [...others, file.attachment], files: [...state.files, file], revision };
    }
    case 'detach':
      return { ...state, attachments: withoutNamed(state.attachments, action.name), revision };
    case 'text-changed':
      return { ...state, revision };
  }
}

/** A file takes the place of one that is called like it. */
function withoutNamed(attachments: readonly Attachment[], name: string): readonly Attachment[] {
  return attachments.filter((other) => other.name.toLowerCase() !== name.toLowerCase());
}

function partAt(from: TemplatePart, to: 'next' | 'previous' | TemplatePart): TemplatePart {
  if (to !== 'next' && to !== 'previous') return to;
  const count = templateParts.length;
  const index = templateParts.indexOf(from) + (to === 'next' ? 1 : -1);
  return templateParts[(index + count) % count] ?? from;
}

/** The template as it stands in the editor. */
export function sourceOf({ areas, attachments, htmlKind, loaded }: TemplateEditorState): TemplateSource {
  const { source } = loaded;
  return {
    subject: areas.subject.text(),
    text: unlessChanged(areas.text.text(), source.text),
    html:
      htmlKind === 'own'
        ? {
            source: unlessChanged(
              areas.html.text(),
              typeof source.html === 'object' ? source.html.source : '',
            ),
          }
        : htmlKind,
    cc: areas.cc
      .text()
      .split(/[\n,;]/)
      .map((address) => address.trim())
      .filter((address) => address !== ''),
    attachments: [...attachments],
  };
}

/** Other ends of lines alone are no change. */
function unlessChanged(text: string, stored: string): string {
  return text === stored.replace(/\r\n?/g, '\n') ? stored : text;
}

export function changedParts(state: TemplateEditorState): TemplatePart[] {
  return differentParts(state.loaded.source, sourceOf(state));
}

/** Whether the part with the focus can be typed into. */
export function isTypable(state: TemplateEditorState): boolean {
  return focusedArea(state) !== undefined;
}

/** The text of the part with the focus; undefined where it is not typed. */
export function focusedArea({ areas, focus, htmlKind }: TemplateEditorState): TextArea | undefined {
  if (focus === 'attachments' || (focus === 'html' && htmlKind !== 'own')) return undefined;
  return areas[focus];
}

export function htmlKindOf({ html }: TemplateSource): HtmlKind {
  return typeof html === 'object' ? 'own' : html;
}
