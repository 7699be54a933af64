import { type BoundCommand, bindCommands, defineCommands } from '../../commands/command.ts';
import type { Doctor } from './doctor.ts';
import type { DoctorState } from './state.ts';

export type DoctorCommandId =
  | 'doctor.again'
  | 'doctor.up'
  | 'doctor.down'
  | 'doctor.pageUp'
  | 'doctor.pageDown'
  | 'doctor.first'
  | 'doctor.last';

const scope = 'Connection test';
const isHiddenInPalette = true;

export const doctorCommands = defineCommands<DoctorState, DoctorCommandId>([
  { id: 'doctor.again', title: 'Test again', keys: ['t', 'r'], scope, hint: 'Again' },
  { id: 'doctor.up', title: 'Previous check', keys: ['up', 'k'], scope, isHiddenInPalette },
  { id: 'doctor.down', title: 'Next check', keys: ['down', 'j'], scope, isHiddenInPalette },
  { id: 'doctor.pageUp', title: 'Five checks up', keys: ['pageup'], scope, isHiddenInPalette },
  { id: 'doctor.pageDown', title: 'Five checks down', keys: ['pagedown'], scope, isHiddenInPalette },
  { id: 'doctor.first', title: 'To the first check', keys: ['home', 'g'], scope, isHiddenInPalette },
  { id: 'doctor.last', title: 'To the last check', keys: ['end', 'G'], scope, isHiddenInPalette },
]);

const moves: Partial<Record<DoctorCommandId, number>> = {
  'doctor.up': -1,
  'doctor.down': 1,
  'doctor.pageUp': -5,
  'doctor.pageDown': 5,
  'doctor.first': -Infinity,
  'doctor.last': Infinity,
};

export function bindDoctor(doctor: Doctor): readonly BoundCommand[] {
  return bindCommands(doctorCommands, doctor.get, (id) => {
    const by = moves[id];
    if (by === undefined) void doctor.run();
    else doctor.move(by);
  });
}
