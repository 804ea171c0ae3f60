import { once } from 'node:events';
import { createServer } from 'node:net';
import getPort from 'get-port';

const HOST = '127.0.0.1';

/** A free port of this machine, which this process is not given a second time. */
export const freePort = async (): Promise<number> => await getPort({ host: HOST, reserve: true });

/** Whether a server could listen on this port now. get-port refuses those it gave out itself. */
export async function isPortFree(port: number): Promise<boolean> {
	const server = createServer().listen(port, HOST);
	try {
		await once(server, 'listening');
	} catch {
		return false;
	}
	await once(server.close(), 'close');
	return true;
}
