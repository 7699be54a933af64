import { resolve } from 'node:path';
import { attachmentsProblem, attachmentText } from '../../../../core/email/attachment.ts';
import { readAttachment } from '../../../../core/email/read-attachment.ts';
import { missingFile } from '../../../files/existing-file.ts';
import type { ScreenContext } from '../../../shell/screen.ts';
import type { TemplateEditor } from './editor.ts';

/** Attaches a file that is asked for; it is stored when the template is saved. */
export async function attachFile({ overlays }: ScreenContext, editor: TemplateEditor): Promise<void> {
  await overlays.fill({
    title: 'Attach a file',
    text: 'It goes along with every mail of this template, also when the file is changed or removed afterwards.',
    fields: [{ kind: 'text', id: 'file', label: 'File', isRequired: true, check: missingFile }],
    values: { file: '' },
    label: 'Attach',
    async submit({ file }) {
      const added = readAttachment(resolve(String(file).trim()));
      const others = editor.get().attachments.filter(({ name }) => name !== added.attachment.name);
      const problem = attachmentsProblem([...others, added.attachment]);
      if (problem !== null) return { file: problem };
      editor.dispatch({ type: 'attach', file: added });
      editor.dispatch({ type: 'focus', to: 'attachments' });
      return undefined;
    },
  });
}

/** Takes an attachment away, which is asked for where there are several. */
export async function detachFile({ overlays }: ScreenContext, editor: TemplateEditor): Promise<void> {
  const { attachments } = editor.get();
  const [first] = attachments;
  if (first === undefined) return;
  const options = attachments.map((one) => ({ id: one.name, label: attachmentText(one) }));
  const values = await overlays.fill({
    title: 'Take an attachment away',
    fields: [{ kind: 'choice', id: 'name', label: 'File', options, help: 'Left and Right choose.' }],
    values: { name: first.name },
    label: 'Take away',
  });
  if (values !== null) editor.dispatch({ type: 'detach', name: String(values.name) });
}
