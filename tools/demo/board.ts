import { createServer, type RequestListener } from 'node:http';

import { freePort, isPortFree } from '../runtime/ports';

export interface BoardServer {
	readonly url: string;
	stop(): Promise<void>;
}

/**
 * Serves the board of the simulated account to any browser of this machine.
 *
 * @param wanted the port to use if it is free
 */
export async function serveBoard(listener: RequestListener, wanted: number): Promise<BoardServer> {
	const port = wanted < 65_536 && (await isPortFree(wanted)) ? wanted : await freePort();
	const server = createServer(listener);
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	return {
		url: `http://localhost:${port}`,
		stop: async () => {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeAllConnections();
			await closed;
		},
	};
}
