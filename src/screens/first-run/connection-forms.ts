import type { DirectoryType } from '../../core/directory/directory.ts';
import type { StoredConnection } from '../../core/directory/directory-connection.ts';
import { serverFields } from '../directory-integration/connection-fields.ts';
import { valuesOf } from '../directory-integration/values.ts';
import { createForm, type Form } from '../widgets/form/form.ts';

/** A form for each type of directory, so that looking at another type loses nothing. */
export interface ConnectionForms {
  /** The form of a type, from now on the current one. */
  choose(kind: DirectoryType): Form;
  /** The one that was chosen last; null before the first. */
  current(): Form | null;
  /** The type of which something was typed, the current one before others; undefined for none. */
  changed(): DirectoryType | undefined;
  /** Makes all forms as they were at the beginning. */
  discard(): void;
}

/** @param onChange called for everything that changes in a form */
export function createConnectionForms(stored: StoredConnection, onChange: () => void): ConnectionForms {
  const forms = new Map<DirectoryType, Form>();
  let current: Form | null = null;

  function create(kind: DirectoryType): Form {
    const form = createForm({
      fields: serverFields(stored),
      values: { ...valuesOf({ ...stored.settings, type: kind }), kind },
      save: async () => undefined,
    });
    form.subscribe(onChange);
    return form;
  }

  return {
    choose(kind) {
      const form = forms.get(kind) ?? create(kind);
      forms.set(kind, form);
      current = form;
      return form;
    },
    current: () => current,
    changed() {
      const changed = [...forms].filter(([, form]) => form.hasChanges());
      return (changed.find(([, form]) => form === current) ?? changed[0])?.[0];
    },
    discard() {
      for (const form of forms.values()) form.dispatch({ type: 'load', values: form.get().initial });
    },
  };
}
