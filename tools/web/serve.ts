import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ColdrailError } from '../errors/error.ts';

/** Only this computer can ask: Web Serial works on localhost without a certificate. */
const HOST = '127.0.0.1';

export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serve one page at http://localhost:<port>/ and nothing else; 0 takes a free port.
 * @throws {ColdrailError} `web.port-in-use`
 */
export async function servePage(html: string, port: number): Promise<Served> {
  const server = createServer((request, response) => {
    const isPage = request.method === 'GET' && request.url?.split('?')[0] === '/';
    response.writeHead(isPage ? 200 : 404, {
      'content-type': isPage ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    response.end(isPage ? html : 'There is one page here: /\n');
  });
  await listening(server, port);
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${taken}/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', (error) =>
      fail(new ColdrailError('web.port-in-use', { port, detail: error.message })),
    );
    server.listen(port, HOST, done);
  });
}
