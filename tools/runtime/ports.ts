import { createServer, type AddressInfo } from 'node:net';

const HOST = '127.0.0.1';

/** Listens for a moment: 0 asks for any free port. Rejects with EADDRINUSE or EACCES. */
const tryPort = (port: number): Promise<number> =>
	new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(port, HOST, () => {
			const { port: given } = server.address() as AddressInfo;
			server.close(() => resolve(given));
		});
	});

/** A port of this machine that is free now. */
export const freePort = (): Promise<number> => tryPort(0);

/** Whether a server could listen on the port now. */
export const isPortFree = (port: number): Promise<boolean> =>
	tryPort(port).then(
		() => true,
		() => false,
	);
