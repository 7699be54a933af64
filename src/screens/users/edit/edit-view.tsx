import type { FactsScroll } from '../../widgets/facts/facts.ts';
import { FactsView } from '../../widgets/facts/facts-view.tsx';
import { FormView } from '../../widgets/form/form-view.tsx';
import { Rule } from '../../widgets/line/rule.tsx';
import { TabsView } from '../../widgets/tabs/tabs-view.tsx';
import { type EditState, fieldsOn, tabsOf } from './state.ts';

export interface EditViewProps {
  readonly state: EditState;
  /** Of the facts. */
  readonly scroll: FactsScroll;
  readonly width: number;
  readonly height: number;
}

/** Tabs above, the fields of the open one below. */
export function EditView({ state, scroll, width, height }: EditViewProps) {
  const { tab, form, facts } = state;
  const rest = height - 2;
  return (
    <>
      <TabsView state={tabsOf(state)} width={width} />
      <Rule width={width} />
      {tab === 'info' ? (
        <FactsView facts={facts} scroll={scroll} width={width} height={rest} />
      ) : (
        <FormView form={form} width={width} height={rest} shown={fieldsOn(state, tab)} />
      )}
    </>
  );
}
