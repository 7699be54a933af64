import {
  allTemplateKeys,
  isNoticeKey,
  mailKindNames,
  type TemplateKey,
  templateName,
} from '../../../core/email/templates/template-key.ts';
import { languageNames, methodNames, modeNames } from '../../../core/users/method.ts';
import type { TreeNode, TreeSource } from '../../widgets/tree/tree-source.ts';
import { administratorsName } from './template-title.ts';

/** How the nodes on the way to a template are called, the highest first. */
function labelsOf(key: TemplateKey): readonly string[] {
  const above = isNoticeKey(key) ? [administratorsName] : [methodNames[key.method], modeNames[key.mode]];
  return [...above, mailKindNames[key.kind], languageNames[key.language]];
}

const keys: ReadonlyMap<string, TemplateKey> = new Map(
  allTemplateKeys().map((key) => [templateName(key), key]),
);

/** The template that a node stands for; undefined for a method, a mode or a kind. */
export function templateOf(id: string | null): TemplateKey | undefined {
  return id === null ? undefined : keys.get(id);
}

/** The nodes above one, the highest first: `phoneCall`, `phoneCall/pin` ... */
export function nodesAbove(id: string): readonly string[] {
  const words = id.split('/');
  return words.slice(0, -1).map((_, index) => words.slice(0, index + 1).join('/'));
}

/**
 * Methods, their modes, the kinds of mail, and the languages; behind them the mails to administrators. The ids are the beginnings of templates' names.
 * @param edited the names of the templates that were edited
 */
export function templateTree(edited: () => ReadonlySet<string>): TreeSource {
  return {
    async children(parent) {
      const depth = parent === null ? 0 : parent.split('/').length;
      const below = [...keys].filter(([name]) => parent === null || name.startsWith(`${parent}/`));
      const byId = Map.groupBy(below, ([name]) =>
        name
          .split('/')
          .slice(0, depth + 1)
          .join('/'),
      );
      const marked = edited();
      return [...byId].map(([id, templates]): TreeNode => {
        const [, first] = templates[0] as (typeof below)[number];
        const count = templates.filter(([name]) => marked.has(name)).length;
        const labels = labelsOf(first);
        const hasChildren = depth + 1 < labels.length;
        const detail = count === 0 ? undefined : hasChildren ? `${count} edited` : 'edited';
        return { id, label: labels[depth] ?? id, hasChildren, detail };
      });
    },
  };
}
