import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { AuditLog } from '../../../src/core/audit/audit-log.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { Store } from '../../../src/core/store/store.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';

test('a process that writes without a pause lets others in', async () => {
  const core = temporaryCore();
  const script = fileURLToPath(new URL('../../helpers/append-events.ts', import.meta.url));
  const writer = spawn(process.execPath, [script, core.dataDirectory.path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(writer, 'close');
  const store = new Store(core.dataDirectory.database, { busyTimeoutMs: 4000 });
  try {
    await once(writer.stdout, 'data');
    const audit = new AuditLog(store, core.masterKey, systemClock, 'other@test');
    for (let number = 0; number < 5; number += 1) audit.append({ action: 'test.alsoWritten' });
    const written = store.prepare<{ n: number }>('SELECT count(*) AS n FROM audit_events WHERE actor = ?');
    expect(written.get('other@test')?.n).toBe(5);
  } finally {
    writer.kill('SIGKILL');
    await ended;
    store.close();
  }
});
