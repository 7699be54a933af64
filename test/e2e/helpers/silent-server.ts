import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, beforeAll } from 'vitest';

/** A server that takes connections and never says a word, for all tests of the suite that calls it. */
export function silentServer(): SilentServer {
  const server = createServer();
  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterAll(() => void server.close());
  return new SilentServer(server);
}

export class SilentServer {
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  /** The command line that makes it the directory of an installation. */
  get directorySet(): string[] {
    const { port } = this.#server.address() as AddressInfo;
    return [
      ...['directory', 'set', '--type', 'activeDirectory', '--url', `ldap://127.0.0.1:${port}`],
      ...['--base-dn', 'DC=corp', '--bind-user', 'reader@corp.example'],
    ];
  }

  async nextConnection(): Promise<void> {
    await once(this.#server, 'connection');
  }
}
