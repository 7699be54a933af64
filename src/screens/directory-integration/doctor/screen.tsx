import type { DirectorySettings } from '../../../core/directory/directory-settings.ts';
import type { Screen, ScreenContext } from '../../shell/screen.ts';
import { createDoctor } from './doctor.ts';
import { DoctorView } from './doctor-view.tsx';
import { bindDoctor } from './keys.ts';
import { subjectOf } from './subject.ts';

/** Settings to try, saved or not. */
export interface DoctorSubject {
  readonly settings: DirectorySettings;
  /** A new bind password; undefined takes the stored one. */
  readonly password: string | undefined;
}

/** Tests a connection step by step, and says what to do about each failure. */
export function openDoctor(context: ScreenContext, { settings, password }: DoctorSubject): Screen {
  const { directoryConnection } = context.core;
  const doctor = createDoctor(
    (signal) => directoryConnection.test(settings, password, signal),
    (error) => void context.reportError('The test broke off', error),
  );
  void doctor.run();
  return {
    title: () => 'Test',
    wantsWidth: true,
    layer: { name: 'connection test', commands: bindDoctor(doctor) },
    state: doctor,
    draw: (width, height) => (
      <DoctorView doctor={doctor} subject={subjectOf(settings)} width={width} height={height} />
    ),
    close: doctor.stop,
  };
}
