import { createHash } from 'node:crypto';
import { connect, createServer, type Socket } from 'node:net';
import { Transform } from 'node:stream';

/**
 * What happens to the bytes that the server sends, on each connection:
 * - `cut`: after so many bytes the connection is reset, as by a crash or a firewall;
 * - `truncate`: after so many bytes it ends in good order, as by a server that shuts down;
 * - `stall`: after so many bytes nothing comes any more, and the connection stays open;
 * - `delay`: every piece arrives late, and whole.
 */
export type ProxyFault =
  | { readonly kind: 'none' }
  | { readonly kind: 'cut' | 'truncate' | 'stall'; readonly afterBytes: number }
  | { readonly kind: 'delay'; readonly delayMs: number };

export interface FaultProxyOptions {
  /** The port of the real server on `host`. */
  readonly port: number;
  /** Where the server is, and the proxy too, so that the server's certificate names both. Default: 127.0.0.1. */
  readonly host?: string;
  /** Default: none. */
  readonly fault?: ProxyFault;
}

/** A TCP proxy on the server's loopback address that passes bytes on until its fault strikes. It knows no protocol, so TLS may run inside. */
export interface FaultProxy {
  readonly host: string;
  readonly port: number;
  /** Applies to connections that are opened from now on. */
  fault: ProxyFault;
  /** Likewise: where another server has taken the place of the first. */
  upstream: { readonly host: string; readonly port: number };
  /** How many bytes of the server all connections together have passed on. */
  passedBytes(): number;
  connectionCount(): number;
  stop(): Promise<void>;
}

/** Chooses one of the faults that end or stop a connection within `maxBytes`; the same seed always the same. */
export function inventFault(seed: number, maxBytes: number): ProxyFault {
  const hash = createHash('sha256').update(String(seed)).digest();
  const kinds = ['cut', 'truncate', 'stall'] as const;
  const kind = kinds[hash.readUInt8(0) % kinds.length] ?? 'cut';
  return { kind, afterBytes: hash.readUInt32BE(1) % (maxBytes + 1) };
}

export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const { port, host = '127.0.0.1' } = options;
  const sockets = new Set<Socket>();
  let connections = 0;
  let passed = 0;
  let fault = options.fault ?? { kind: 'none' };
  let upstream: FaultProxy['upstream'] = { host, port };

  function adopt(socket: Socket): Socket {
    sockets.add(socket);
    socket.on('error', () => {});
    return socket.once('close', () => sockets.delete(socket));
  }

  const listener = createServer({ allowHalfOpen: true }, (client) => {
    connections += 1;
    adopt(client);
    const server = adopt(connect({ ...upstream, allowHalfOpen: true }));
    const pass = faultyStream(fault, client, (bytes) => {
      passed += bytes;
    });
    client.pipe(server);
    server.pipe(pass).pipe(client);
    client.once('close', () => server.destroy());
    // A server that is not there or that resets looks the same from behind the proxy.
    server.once('error', () => client.resetAndDestroy());
  });
  await new Promise<void>((resolve) => listener.listen(0, host, resolve));
  const address = listener.address();
  return {
    host,
    port: typeof address === 'object' && address ? address.port : 0,
    get fault() {
      return fault;
    },
    set fault(next: ProxyFault) {
      fault = next;
    },
    get upstream() {
      return upstream;
    },
    set upstream(next: FaultProxy['upstream']) {
      upstream = next;
    },
    passedBytes: () => passed,
    connectionCount: () => connections,
    async stop() {
      const closed = new Promise<void>((resolve) => listener.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function faultyStream(fault: ProxyFault, client: Socket, count: (bytes: number) => void): Transform {
  let left = 'afterBytes' in fault ? fault.afterBytes : Infinity;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const piece = chunk.subarray(0, left);
      left -= piece.length;
      count(piece.length);
      if (fault.kind === 'delay') {
        setTimeout(done, fault.delayMs, null, piece);
      } else if (left > 0) {
        done(null, piece);
      } else if (fault.kind === 'stall') {
        // Never done: the pipe behind us fills and the server has to wait, as behind a dead network.
        this.push(piece);
      } else if (fault.kind === 'truncate') {
        client.end(piece);
      } else {
        client.write(piece, () => client.resetAndDestroy());
      }
    },
  });
}
