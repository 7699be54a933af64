import { Box } from 'ink';
import { displayText, fitColumns, wrapWords } from '../../terminal/display-text.ts';
import { useTheme } from '../../theme/theme.ts';
import { FormView } from '../../widgets/form/form-view.tsx';
import { Line } from '../../widgets/line/line.tsx';
import { Rule } from '../../widgets/line/rule.tsx';
import type { Span } from '../../widgets/line/spans.ts';
import { TabsView } from '../../widgets/tabs/tabs-view.tsx';
import type { Fact } from './info.ts';
import { type EditState, fieldsOn, tabsOf } from './state.ts';

export interface EditViewProps {
  readonly state: EditState;
  readonly width: number;
  readonly height: number;
}

/** Tabs above, the fields of the open one below. */
export function EditView({ state, width, height }: EditViewProps) {
  const { tab, form, facts, top } = state;
  const rest = height - 2;
  return (
    <>
      <TabsView state={tabsOf(state)} width={width} />
      <Rule width={width} />
      {tab === 'info' ? (
        <FactsView facts={facts.slice(top)} width={width} height={rest} />
      ) : (
        <FormView form={form} width={width} height={rest} shown={fieldsOn(state, tab)} />
      )}
    </>
  );
}

const labelWidth = 21;

function FactsView({
  facts,
  width,
  height,
}: {
  readonly facts: readonly Fact[];
  readonly width: number;
  readonly height: number;
}) {
  const { glyphs } = useTheme();
  const lines = facts.flatMap(({ label, value }) =>
    wrapWords(displayText(value), Math.max(1, width - labelWidth - 3)).map((text, line): Span[] => [
      { text: `  ${fitColumns(line === 0 ? label : '', labelWidth, glyphs.ellipsis)}`, token: 'dim' },
      { text },
    ]),
  );
  return (
    <Box flexDirection="column" width={width} height={height}>
      {lines.slice(0, height).map((spans, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place.
        <Line key={index} content={spans} width={width} />
      ))}
    </Box>
  );
}
