import { Box } from 'ink';
import { useStore } from '../../store.ts';
import { useTheme } from '../../theme/theme.ts';
import { Line } from '../../widgets/line/line.tsx';
import type { Doctor } from './doctor.ts';
import { doctorLines, seenChecks } from './doctor-lines.ts';
import { doctorSummary, isFailed } from './state.ts';

export interface DoctorViewProps {
  readonly doctor: Doctor;
  /** What is tested: the servers. */
  readonly subject: string;
  readonly width: number;
  readonly height: number;
}

/** What is tested, how it stands, and below the checks. */
export function DoctorView({ doctor, subject, width, height }: DoctorViewProps) {
  const state = useStore(doctor);
  const { glyphs } = useTheme();
  const room = height - 2;
  const lines = seenChecks(doctorLines(state, width, room, glyphs), state.cursor, room, glyphs);
  const isBad = state.checks.some(isFailed);
  const token = isBad ? 'error' : state.phase === 'done' ? 'ok' : 'accent';
  return (
    <Box flexDirection="column" width={width} height={height}>
      <Line content={` ${subject}`} width={width} token="heading" />
      <Line content={` ${doctorSummary(state)}`} width={width} token={token} />
      {lines.map((spans, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place.
        <Line key={index} content={spans} width={width} />
      ))}
    </Box>
  );
}
