import { performance } from 'node:perf_hooks';

/** Shows that long work goes on: one line kept up to date on a terminal, else a line now and then. */
export class Progress {
	private readonly started = performance.now();

	private readonly timer: NodeJS.Timeout;

	private readonly terminal = process.stdout.isTTY;

	/**
	 * @param what the work, for example `Installing n8n`
	 * @param detail how far it is, asked for each time it is shown
	 */
	constructor(
		private readonly what: string,
		private readonly detail: () => string,
	) {
		this.timer = setInterval(() => this.show(), this.terminal ? 1000 : 10_000);
		this.show();
	}

	/** Shows the last state and goes on to the next line. */
	end(): void {
		clearInterval(this.timer);
		this.show();
		if (this.terminal) process.stdout.write('\n');
	}

	private show(): void {
		const seconds = Math.round((performance.now() - this.started) / 1000);
		const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
		const line = `${this.what} … ${time} ${this.detail()}`.trimEnd();
		process.stdout.write(this.terminal ? `\r\u001b[K${line}` : `${line}\n`);
	}
}
