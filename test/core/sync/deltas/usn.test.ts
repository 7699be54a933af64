import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithServer, sambaServer } from '../../../servers/require-server.ts';
import { type DomainController, startDomainController } from '../../../servers/samba.ts';
import { expectDeltasEqualFull } from './deltas-equal-full.ts';

describeWithServer('random changes, read by uSNChanged', sambaServer, () => {
  let controller: DomainController;

  beforeAll(async () => {
    controller = await startDomainController();
  });

  afterAll(() => controller?.stop());

  test('come to the same as reading everybody', async () => {
    const kinds = await expectDeltasEqualFull(controller, { seed: 'two', steps: 100, without: ['dirSync'] });
    expect(kinds.usn).toBeGreaterThan(70);
  }, 900_000);
});
