import { connect, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FaultProxy, inventFault, type ProxyFault, startFaultProxy } from './fault-proxy.ts';

const answer = Buffer.alloc(200_000, 'x');

describe('the fault proxy', () => {
  let server: Server;
  let port = 0;

  beforeAll(async () => {
    // Answers whatever it is asked with many bytes and ends.
    server = createServer((socket) => socket.on('error', () => {}).once('data', () => socket.end(answer)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    port = typeof address === 'object' && address ? address.port : 0;
  });

  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test.each<[ProxyFault, { bytes: number; outcome: string }]>([
    [{ kind: 'none' }, { bytes: 200_000, outcome: 'end' }],
    [
      { kind: 'truncate', afterBytes: 70_001 },
      { bytes: 70_001, outcome: 'end' },
    ],
    [
      { kind: 'truncate', afterBytes: 0 },
      { bytes: 0, outcome: 'end' },
    ],
    [
      { kind: 'stall', afterBytes: 70_001 },
      { bytes: 70_001, outcome: 'silence' },
    ],
    [
      { kind: 'delay', delayMs: 5 },
      { bytes: 200_000, outcome: 'end' },
    ],
  ])('with %j lets a client see %j', async (fault, seen) => {
    const proxy = await startFaultProxy({ port, fault });
    expect(await ask(proxy)).toEqual(seen);
    expect(proxy.passedBytes()).toBe(seen.bytes);
    await proxy.stop();
  });

  test('resets a connection that it cuts, and heals', async () => {
    const proxy = await startFaultProxy({ port, fault: { kind: 'cut', afterBytes: 1000 } });
    expect(await ask(proxy)).toMatchObject({ outcome: 'ECONNRESET' });
    expect(proxy.passedBytes()).toBe(1000);
    proxy.fault = { kind: 'none' };
    expect(await ask(proxy)).toEqual({ bytes: 200_000, outcome: 'end' });
    expect(proxy.connectionCount()).toBe(2);
    await proxy.stop();
  });

  test('resets where there is no server', async () => {
    const gone = await startFaultProxy({ port: 1 });
    expect(await ask(gone)).toEqual({ bytes: 0, outcome: 'ECONNRESET' });
    await gone.stop();
  });
});

test('a seed always gives the same fault, and seeds give every kind', () => {
  const faults = Array.from({ length: 50 }, (_, seed) => inventFault(seed, 5000));
  expect(faults).toEqual(Array.from({ length: 50 }, (_, seed) => inventFault(seed, 5000)));
  expect(new Set(faults.map(({ kind }) => kind))).toEqual(new Set(['cut', 'truncate', 'stall']));
  for (const fault of faults) expect('afterBytes' in fault && fault.afterBytes <= 5000).toBe(true);
});

/** Asks once and reports how much came and how it ended; half a second without a byte is silence. */
function ask(proxy: FaultProxy): Promise<{ bytes: number; outcome: string }> {
  return new Promise((resolve) => {
    const socket = connect(proxy.port, proxy.host, () => socket.write('question'));
    let bytes = 0;
    const finish = (outcome: string) => {
      socket.destroy();
      resolve({ bytes, outcome });
    };
    socket.setTimeout(500, () => finish('silence'));
    socket.on('data', (data) => {
      bytes += data.length;
    });
    socket.once('end', () => finish('end'));
    socket.once('error', (error: NodeJS.ErrnoException) => finish(error.code ?? error.message));
  });
}
