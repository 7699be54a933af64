import { once } from 'node:events';
import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** A request that has arrived. */
export interface GatewayArrival {
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** An answer; `hang` never answers, `drop` ends the connection. */
export type ScriptedAnswer =
  | { readonly status: number; readonly body?: string; readonly headers?: http.OutgoingHttpHeaders }
  | 'hang'
  | 'drop';

export interface GatewayServer {
  readonly url: string;
  readonly arrivals: readonly GatewayArrival[];
  /** Resolves when so many requests have arrived. */
  arrived(count: number): Promise<void>;
}

/**
 * A gateway on the loopback interface that gives scripted answers, the last one again and again; closed when the
 * test has finished.
 */
export async function startGateway(
  answers: readonly ScriptedAnswer[],
  tls?: { readonly cert: string; readonly key: string },
): Promise<GatewayServer> {
  const arrivals: GatewayArrival[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const answer = async (request: http.IncomingMessage, response: http.ServerResponse) => {
    const { method = '', url: path = '', headers } = request;
    arrivals.push({ method, path, headers, body: await text(request) });
    for (const { count, resolve } of waiting) if (arrivals.length >= count) resolve();
    const scripted = answers[arrivals.length - 1] ?? answers.at(-1) ?? 'drop';
    if (scripted === 'hang') return;
    if (scripted === 'drop') {
      request.socket.destroy();
      return;
    }
    response.writeHead(scripted.status, scripted.headers);
    response.end(scripted.body ?? '');
  };
  const listener: http.RequestListener = (request, response) => void answer(request, response);
  const server = tls === undefined ? http.createServer(listener) : https.createServer(tls, listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http${tls === undefined ? '' : 's'}://127.0.0.1:${port}`,
    arrivals,
    arrived: (count) =>
      new Promise((resolve) => {
        if (arrivals.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
  };
}
