import type { ResultPromise } from 'execa';

import { NODE_BINARY } from '../runtime/places';
import { loadExeca } from '../runtime/run';

type Handlers = Readonly<Record<string, (argument: never) => unknown>>;

type Request = { readonly id: number; readonly name: string; readonly argument: unknown };

type Response = { readonly id: number } & (
	{ readonly value: unknown } | { readonly error: string }
);

/** In a child process: calls the handlers that the parent asks for, until the parent is gone. */
export function serve(handlers: Handlers): void {
	const respond = async ({ id, name, argument }: Request) => {
		const response = await Promise.resolve(argument)
			.then((given) => handlers[name](given as never))
			.then((value) => ({ id, value }))
			.catch((error: unknown) => ({ id, error: (error as Error).stack ?? String(error) }));
		process.send?.(response);
	};
	process.on('message', (request: Request) => void respond(request));
	process.on('disconnect', () => process.exit());
}

const OPTIONS = {
	nodePath: NODE_BINARY,
	ipc: true,
	stdio: 'inherit',
	// Responses are large, and execa would keep them all.
	buffer: false,
	reject: false,
} as const;

/** A process with handlers, on the Node.js that n8n runs on. */
export class RemoteProcess<T extends Handlers> {
	private readonly pending = new Map<number, (response: Response) => void>();
	private lastId = 0;

	private constructor(
		private readonly child: ResultPromise<typeof OPTIONS>,
		file: string,
	) {
		child.on('message', (message) => {
			const response = message as unknown as Response;
			this.pending.get(response.id)?.(response);
		});
		void child.then(({ exitCode, signal }) => {
			const error = `The process of ${file} ended with ${exitCode ?? signal}`;
			for (const [id, settle] of this.pending) settle({ id, error });
		});
	}

	/** @param file calls `serve` */
	static async start<T extends Handlers>(
		file: string,
		env: NodeJS.ProcessEnv = {},
		nodeOptions: readonly string[] = [],
	): Promise<RemoteProcess<T>> {
		const { execaNode } = await loadExeca();
		const options = { ...OPTIONS, env, nodeOptions: ['--import', 'tsx', ...nodeOptions] };
		return new RemoteProcess<T>(execaNode(file, options), file);
	}

	/** @throws what the handler threw, or an error when the process has ended */
	async call<K extends keyof T & string>(
		name: K,
		argument: Parameters<T[K]>[0],
	): Promise<Awaited<ReturnType<T[K]>>> {
		const id = ++this.lastId;
		const settled = new Promise<Response>((resolve) => this.pending.set(id, resolve));
		await this.child.sendMessage({ id, name, argument } satisfies Request as never);
		const response = await settled;
		this.pending.delete(id);
		if ('error' in response) throw new Error(response.error);
		return response.value as Awaited<ReturnType<T[K]>>;
	}

	/** Ends the process at once, as when its machine fails. */
	async kill(): Promise<void> {
		this.child.kill('SIGKILL');
		await this.child;
	}

	async stop(): Promise<void> {
		if (this.child.connected) this.child.disconnect();
		await this.child;
	}
}
