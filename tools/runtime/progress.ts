import { performance } from 'node:perf_hooks';

/** Shows the progress of long work: a line that is updated on a terminal, otherwise a line every 10 s. */
export class Progress {
	private readonly started = performance.now();

	private readonly timer: NodeJS.Timeout;

	private readonly terminal = process.stdout.isTTY;

	/**
	 * @param title for example `Installing n8n`
	 * @param detail how far it is; called for each update
	 */
	constructor(
		private readonly title: string,
		private readonly detail: () => string,
	) {
		this.timer = setInterval(() => this.show(), this.terminal ? 1000 : 10_000);
		this.show();
	}

	/** Shows the final state and ends the line. */
	end(): void {
		clearInterval(this.timer);
		this.show();
		if (this.terminal) process.stdout.write('\n');
	}

	private show(): void {
		const seconds = Math.round((performance.now() - this.started) / 1000);
		const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
		const line = `${this.title} … ${time} ${this.detail()}`.trimEnd();
		process.stdout.write(this.terminal ? `\r\u001b[K${line}` : `${line}\n`);
	}
}
