import { Box } from 'ink';
import type { Doctor } from '../directory-integration/doctor/doctor.ts';
import { DoctorView } from '../directory-integration/doctor/doctor-view.tsx';
import { wrapWords } from '../terminal/display-text.ts';
import { useTheme } from '../theme/theme.ts';
import type { Form } from '../widgets/form/form.ts';
import { FormView } from '../widgets/form/form-view.tsx';
import { Line } from '../widgets/line/line.tsx';
import { Rule } from '../widgets/line/rule.tsx';
import { leftAndRight } from '../widgets/line/spans.ts';
import { choices, type FirstRunState, stepTitle } from './state.ts';

export interface FirstRunViewProps {
  readonly state: FirstRunState;
  readonly form: Form | null;
  readonly doctor: Doctor | null;
  /** What is tested. */
  readonly subject: string;
  readonly width: number;
  readonly height: number;
}

/** The question of the step above, what answers it below. */
export function FirstRunView(props: FirstRunViewProps) {
  const { state, form, doctor, subject, width, height } = props;
  const { glyphs } = useTheme();
  const { title, count } = stepTitle(state);
  const head = leftAndRight(
    [{ text: ` ${title}`, token: 'heading' }],
    [{ text: `${count} `, token: 'dim' }],
    width,
    glyphs.ellipsis,
  );
  const rest = { width, height: height - 2 };
  return (
    <Box flexDirection="column" width={width} height={height}>
      <Line content={head} width={width} />
      <Rule width={width} />
      {state.step === 'directory' && <Choices cursor={state.cursor} width={width} />}
      {state.step === 'directory' && <Explanation width={width} />}
      {state.step === 'connection' && form !== null && <FormView form={form} {...rest} />}
      {state.step === 'test' && doctor !== null && <DoctorView doctor={doctor} subject={subject} {...rest} />}
    </Box>
  );
}

function Explanation({ width }: { readonly width: number }) {
  const text =
    'MFA Console is new on this machine and knows nobody yet. Nothing is saved before the last step, and all of it can be changed later in Directory Integration.';
  const lines = ['', ...wrapWords(text, width - 4)];
  return lines.map((line) => <Line key={line} content={`  ${line}`} width={width} token="dim" />);
}

const labelWidth = 18;

function Choices({ cursor, width }: { readonly cursor: number; readonly width: number }) {
  const { glyphs } = useTheme();
  return choices.map(({ id, label, text }, index) => {
    const isAt = index === cursor;
    return (
      <Line
        key={id}
        content={[
          { text: `${isAt ? glyphs.cursor : ' '} ${label.padEnd(labelWidth)}` },
          { text, token: isAt ? undefined : 'dim' },
        ]}
        width={width}
        token={isAt ? 'selection' : 'text'}
        isFilled={isAt}
      />
    );
  });
}
