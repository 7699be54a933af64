import { describe, expect, test } from 'vitest';
import type { ConnectionCheck } from '../../../src/core/directory/directory-connection.ts';
import { createDoctor } from '../../../src/screens/directory-integration/doctor/doctor.ts';
import { DoctorView } from '../../../src/screens/directory-integration/doctor/doctor-view.tsx';
import {
  doctorSummary,
  initialDoctor,
  isSound,
  reduceDoctor,
} from '../../../src/screens/directory-integration/doctor/state.ts';
import { harmfulCharacters, hostileTexts } from '../../helpers/hostile-texts.ts';
import { renderFrame, themes } from '../helpers/render-frame.tsx';

const check = (step: string, changes: Partial<ConnectionCheck> = {}): ConnectionCheck => ({
  step,
  server: null,
  ok: true,
  message: `${step} is good.`,
  advice: null,
  wasTried: true,
  ...changes,
});
const failed = (step: string) => check(step, { ok: false, message: `${step} broke.`, advice: 'Mend it.' });
const skipped = (step: string) => check(step, { ok: false, wasTried: false, message: 'Not tried.' });

function stateOf(checks: readonly ConnectionCheck[], phase?: 'done' | 'stopped') {
  const state = checks.reduce(
    (before, one) => reduceDoctor(before, { type: 'check', check: one }),
    initialDoctor,
  );
  return phase === undefined ? state : reduceDoctor(state, { type: 'end', phase });
}

describe('the test of a connection', () => {
  test('follows the checks as they come, and ends at the first one that failed', () => {
    expect(stateOf([check('DNS'), check('TCP')]).cursor).toBe(1);
    expect(stateOf([check('DNS'), failed('TCP'), skipped('TLS')], 'done').cursor).toBe(1);
  });

  test('leaves the cursor where somebody has put it', () => {
    const moved = reduceDoctor(stateOf([check('DNS'), check('TCP')]), { type: 'move', by: -1 });
    const later = reduceDoctor(moved, { type: 'check', check: failed('TLS') });
    expect(reduceDoctor(later, { type: 'end', phase: 'done' }).cursor).toBe(0);
    expect(reduceDoctor(later, { type: 'move', by: -Infinity }).cursor).toBe(0);
    expect(reduceDoctor(later, { type: 'move', by: Infinity }).cursor).toBe(2);
  });

  test.each([
    [stateOf([check('DNS')]), 'testing', false],
    [stateOf([check('DNS')], 'done'), 'all is well', true],
    [stateOf([check('DNS', { advice: 'Renew it.' })], 'done'), 'all is well, 1 note', true],
    [stateOf([failed('DNS'), skipped('TCP'), failed('DNS')], 'done'), '2 checks failed', false],
    [stateOf([check('DNS')], 'stopped'), 'stopped before the end', false],
    [stateOf([], 'done'), 'all is well', false],
  ])('says how it stands (%#)', (state, summary, sound) => {
    expect([doctorSummary(state), isSound(state)]).toEqual([summary, sound]);
  });

  test('begins again from the first check, and does not listen to an earlier run any more', async () => {
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const signals: AbortSignal[] = [];
    const doctor = createDoctor(
      async function* (signal) {
        const run = signals.push(signal);
        yield check(`first of ${run}`);
        await gates[run - 1]?.promise;
        yield check(`second of ${run}`);
      },
      () => {},
    );
    const runs = [doctor.run(), doctor.run()];
    for (const gate of gates) gate.resolve();
    await Promise.all(runs);
    expect(doctor.get().checks.map(({ step }) => step)).toEqual(['first of 2', 'second of 2']);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  });

  test('tells of a failure of its own, and of none when it was stopped', async () => {
    const failures: unknown[] = [];
    const broken = createDoctor(
      () => {
        throw new Error('broken');
      },
      (error) => failures.push(error),
    );
    await broken.run();
    expect(failures).toHaveLength(1);
    expect(broken.get().phase).toBe('stopped');
  });
});

describe.each([
  ['80x24', 80, 24, themes.standard],
  ['120x40 in ASCII', 120, 40, themes.ascii],
])('checks at %s', (_, columns, rows, theme) => {
  async function draw(checks: readonly ConnectionCheck[]) {
    const doctor = createDoctor(
      async function* () {
        yield* checks;
      },
      () => {},
    );
    await doctor.run();
    const view = <DoctorView doctor={doctor} subject="ldaps://dc1" width={columns} height={rows - 6} />;
    const frame = renderFrame(view, { columns, rows, theme });
    const lines = await frame.lines();
    frame.close();
    return lines;
  }

  test('have a line each, and say what to do about what failed', async () => {
    const lines = await draw([check('DNS'), failed('TCP'), skipped('TLS')]);
    expect(lines.slice(0, 2)).toEqual([' ldaps://dc1', ' 1 check failed']);
    expect(lines.slice(2, 6).map((line) => line.trim().replace(/ +/g, ' '))).toEqual([
      'ok DNS DNS is good.',
      '> FAIL TCP TCP broke.',
      'Mend it.',
      '- TLS Not tried.',
    ]);
  });

  test('stand below their server, where there are several', async () => {
    const of = (server: string) => [check('DNS', { server }), check('TCP', { server })];
    const lines = await draw([...of('ldaps://dc1'), ...of('ldaps://dc2')]);
    expect(lines[2]).toBe(' ldaps://dc1');
    expect(lines[5]).toBe(' ldaps://dc2');
  });

  test('hold no name of a server that breaks the lines', async () => {
    const all = hostileTexts.map((text) => check('Sample user', { ok: false, message: text, advice: text }));
    for (const one of all) {
      const lines = await draw([check('DNS'), one, check('Paging')]);
      expect(lines.join('\n')).not.toMatch(harmfulCharacters);
      expect(lines[1]).toMatch(/failed/);
      expect(lines[rows - 6]).toBe('');
    }
  });
});
