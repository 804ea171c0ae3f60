import { fork, type ChildProcess } from 'node:child_process';

import { NODE_BINARY } from '../runtime/places';

type Handlers = Readonly<Record<string, (argument: never) => unknown>>;

interface Call {
	readonly id: number;
	readonly name: string;
	readonly argument: unknown;
}

type Reply = { readonly id: number } & ({ readonly value: unknown } | { readonly error: string });

/** In a child process: does what its parent asks for, until the parent is gone. */
export function serve(handlers: Handlers): void {
	const answer = async ({ id, name, argument }: Call) => {
		const reply = await Promise.resolve(argument)
			.then((given) => handlers[name](given as never))
			.then((value) => ({ id, value }))
			.catch((error: unknown) => ({ id, error: (error as Error).stack ?? String(error) }));
		process.send?.(reply);
	};
	process.on('message', (call: Call) => void answer(call));
	process.on('disconnect', () => process.exit());
}

/** A process of its own, on the Node.js that n8n runs on, that does what it is asked for. */
export class Served<T extends Handlers> {
	private readonly child: ChildProcess;
	private readonly open = new Map<number, (reply: Reply) => void>();
	private last = 0;

	/** @param file calls `serve` */
	constructor(file: string, env: NodeJS.ProcessEnv = {}, nodeOptions: readonly string[] = []) {
		this.child = fork(file, {
			execPath: NODE_BINARY,
			execArgv: ['--import', 'tsx', ...nodeOptions],
			env: { ...process.env, ...env },
			serialization: 'advanced',
		});
		this.child.on('message', (reply: Reply) => this.open.get(reply.id)?.(reply));
		this.child.on('exit', (code) => {
			const error = `The process of ${file} ended with ${code}`;
			for (const [id, settle] of this.open) settle({ id, error });
		});
	}

	/** @throws what the other process threw */
	async call<K extends keyof T & string>(
		name: K,
		argument: Parameters<T[K]>[0],
	): Promise<Awaited<ReturnType<T[K]>>> {
		const id = ++this.last;
		const reply = await new Promise<Reply>((resolve) => {
			this.open.set(id, resolve);
			this.child.send({ id, name, argument } satisfies Call);
		});
		this.open.delete(id);
		if ('error' in reply) throw new Error(reply.error);
		return reply.value as Awaited<ReturnType<T[K]>>;
	}

	async stop(): Promise<void> {
		if (this.child.exitCode !== null || this.child.signalCode !== null) return;
		const ended = new Promise((resolve) => this.child.once('exit', resolve));
		this.child.disconnect();
		await ended;
	}
}
