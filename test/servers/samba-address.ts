import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const ldapPorts = [389, 636, 3268, 3269];

/**
 * Finds a loopback address of its own for one domain controller. Samba cannot be told other ports than LDAP's own,
 * but Linux answers on all of 127.0.0.0/8, so that any number of controllers can run side by side.
 */
export async function findFreeLoopbackAddress(): Promise<string> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const address = `127.77.${randomInt(1, 255)}.${randomInt(1, 255)}`;
    const free = await Promise.all(ldapPorts.map((port) => canListen(address, port)));
    if (free.every(Boolean)) return address;
  }
  throw new Error(`No loopback address in 127.77.0.0/16 has the ports ${ldapPorts.join(', ')} free`);
}

function canListen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
