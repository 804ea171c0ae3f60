/**
 * Lets one item write first, then one more with each that is done: one, two, four and so on, as
 * TCP's slow start does (RFC 5681). A mistake that all items share costs one request.
 */
export class SlowStart {
	/** Aborts with the error that stops the run, or when the execution is cancelled. */
	readonly signal: AbortSignal;
	private readonly stopper = new AbortController();
	private waiting: Array<() => void> = [];
	private writing = 0;
	private done = 0;

	constructor(cancelSignal?: AbortSignal) {
		const { signal } = this.stopper;
		this.signal = cancelSignal ? AbortSignal.any([signal, cancelSignal]) : signal;
		this.signal.addEventListener('abort', () => this.release(), { once: true });
	}

	/**
	 * Waits until one more item may write.
	 *
	 * @throws the error that stopped the run
	 */
	async enter(): Promise<void> {
		while (!this.signal.aborted && this.writing > this.done) {
			await new Promise<void>((resolve) => this.waiting.push(resolve));
		}
		this.signal.throwIfAborted();
		this.writing++;
	}

	/** Tells that an item that entered is done. */
	leave(): void {
		this.writing--;
		this.done++;
		this.release();
	}

	/** No item starts to write after this. */
	stop(error: Error): void {
		this.stopper.abort(error);
	}

	private release(): void {
		const waiting = this.waiting;
		this.waiting = [];
		for (const resume of waiting) resume();
	}
}
