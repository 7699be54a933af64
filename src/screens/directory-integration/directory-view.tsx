import { wrapWords } from '../terminal/display-text.ts';
import { FormView } from '../widgets/form/form-view.tsx';
import { Line } from '../widgets/line/line.tsx';
import { Rule } from '../widgets/line/rule.tsx';
import { TabsView } from '../widgets/tabs/tabs-view.tsx';
import { type DirectoryState, fieldsOn, tabsOf } from './state.ts';

export interface DirectoryViewProps {
  readonly state: DirectoryState;
  readonly width: number;
  readonly height: number;
}

const nothingToSet =
  'The sample directory is always read in the same way. Filters and attributes are those of a directory of your own.';

/** Tabs above, the fields of the open one below. */
export function DirectoryView({ state, width, height }: DirectoryViewProps) {
  const { tab, form } = state;
  const shown = fieldsOn(state, tab);
  return (
    <>
      <TabsView state={tabsOf(state)} width={width} />
      <Rule width={width} />
      {shown.length === 0 ? (
        wrapWords(nothingToSet, width - 4).map((line) => (
          <Line key={line} content={`  ${line}`} width={width} token="dim" />
        ))
      ) : (
        <FormView form={form} width={width} height={height - 2} shown={shown} />
      )}
    </>
  );
}
