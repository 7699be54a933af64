import { Box } from 'ink';
import { useStore } from '../../store.ts';
import { useTheme } from '../../theme/theme.ts';
import { Line } from '../../widgets/line/line.tsx';
import { leftAndRight } from '../../widgets/line/spans.ts';
import type { Doctor } from './doctor.ts';
import { doctorLines, seenLines } from './doctor-lines.ts';
import { doctorSummary, isFailed } from './state.ts';

export interface DoctorViewProps {
  readonly doctor: Doctor;
  /** What is tested: the servers. */
  readonly subject: string;
  readonly width: number;
  readonly height: number;
}

/** What is tested and how it stands; below, the checks. */
export function DoctorView({ doctor, subject, width, height }: DoctorViewProps) {
  const state = useStore(doctor);
  const { glyphs } = useTheme();
  const lines = seenLines(doctorLines(state, width, glyphs), state.cursor, height - 2);
  const isBad = state.checks.some(isFailed);
  const token = isBad ? 'error' : state.phase === 'done' ? 'ok' : 'accent';
  const head = leftAndRight(
    [{ text: ` ${subject}`, token: 'heading' }],
    [{ text: `${doctorSummary(state)} `, token }],
    width,
    glyphs.ellipsis,
  );
  return (
    <Box flexDirection="column" width={width} height={height}>
      <Line content={head} width={width} />
      <Line content="" width={width} />
      {lines.map(({ spans }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place.
        <Line key={index} content={spans} width={width} />
      ))}
    </Box>
  );
}
