import { once } from 'node:events';
import { createServer } from 'node:net';
import getPort from 'get-port';

const HOST = '127.0.0.1';

/** A free port of this machine. Each call in a process returns another one. */
export const freePort = async (): Promise<number> => await getPort({ host: HOST, reserve: true });

/** Whether a server could listen on a port now. (get-port would refuse ports it returned itself.) */
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
