import { once } from 'node:events';
import { createServer } from 'node:net';
import { randomInt } from 'node:crypto';
import getPort, { portNumbers } from 'get-port';

const HOST = '127.0.0.1';

/** Systems take ports for outgoing connections from above these, on Linux from 32768. */
const LOWEST = 10_000;
const HIGHEST = 32_000;

/**
 * A free port of this machine. Each call in a process returns another one. The search starts at a
 * random port, so that two processes rarely find the same one.
 */
export const freePort = async (): Promise<number> =>
	await getPort({
		host: HOST,
		port: portNumbers(randomInt(LOWEST, HIGHEST), HIGHEST),
		reserve: true,
	});

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
