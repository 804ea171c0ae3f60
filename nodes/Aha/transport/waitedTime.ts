import { now } from './wait';

/** Counts the milliseconds during which at least one of several tasks was waiting. */
export class WaitedTime {
	private total = 0;
	private waiting = 0;
	private since = 0;

	get milliseconds(): number {
		return this.total;
	}

	/** Counts the time until a task is done. */
	async during<T>(task: Promise<T>): Promise<T> {
		if (this.waiting++ === 0) this.since = now();
		try {
			return await task;
		} finally {
			if (--this.waiting === 0) this.total += now() - this.since;
		}
	}
}
