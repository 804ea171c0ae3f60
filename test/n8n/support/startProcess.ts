import { spawn } from 'node:child_process';

/** One `npm start` as a terminal runs it, but without the build. */
export class StartProcess {
	private text = '';

	/** The exit code. */
	readonly ended: Promise<number | null>;

	private readonly child;

	/**
	 * @param folder the project
	 * @param env added to the environment
	 */
	constructor(folder: string, options: readonly string[], env: NodeJS.ProcessEnv) {
		const args = ['--import', 'tsx', 'tools/demo/cli.ts', ...options];
		// Without a screen no browser opens.
		const environment = { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', ...env };
		this.child = spawn(process.execPath, args, { cwd: folder, env: environment });
		for (const stream of [this.child.stdout, this.child.stderr]) {
			stream.setEncoding('utf8').on('data', (text: string) => (this.text += text));
		}
		this.ended = new Promise((resolve) => this.child.once('close', (code) => resolve(code)));
	}

	/** Everything printed so far. */
	get output(): string {
		return this.text;
	}

	/** Waits until a text is printed or the process ends. */
	async prints(text: string): Promise<void> {
		const found = new Promise<void>((resolve) => {
			const look = () => this.text.includes(text) && resolve();
			for (const stream of [this.child.stdout, this.child.stderr]) stream.on('data', look);
			look();
		});
		await Promise.race([found, this.ended]);
	}

	kill(signal: NodeJS.Signals): void {
		this.child.kill(signal);
	}
}
