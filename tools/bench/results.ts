/** One thing that was measured in each run. */
export interface Series {
	readonly name: string;
	readonly unit: 's' | 'ms' | 'MB' | 'KB' | 'requests/s';
	readonly values: readonly number[];
	readonly spread: Spread;
}

export interface Spread {
	readonly min: number;
	readonly median: number;
	readonly max: number;
}

export interface Goal {
	readonly goal: string;
	/** What was measured, in words. */
	readonly measured: string;
	readonly reached: boolean;
}

/** All that was measured of one kind of work. */
export interface RowResult {
	readonly id: string;
	readonly work: string;
	/** The account's limits while it was measured. */
	readonly limits: string;
	readonly series: readonly Series[];
	readonly goals: readonly Goal[];
	/** Why nothing was measured, if so. */
	readonly failure?: string;
}

/** A kind of work to measure. */
export interface Row {
	readonly id: string;
	readonly work: string;
	readonly limits: string;
	/** Rows of two lanes mostly wait for limits, need little, and are measured at the same time. */
	readonly lane?: 'engine' | 'cluster';
	/** Whether it is measured only where it is asked for: it takes long. */
	readonly onlyOnRequest?: boolean;
	/**
	 * @param runs how often each is measured
	 * @param onWaiting called once all is started, and what is left mostly waits
	 */
	measure(runs: number, onWaiting: () => void): Promise<Pick<RowResult, 'series' | 'goals'>>;
}

export const AHA = 'n8n-nodes-aha';
export const HTTP = 'HTTP Request node';
export const AXIOS = 'bare axios';
export const LIMIT = 'computed limit';

export function spreadOf(values: readonly number[]): Spread {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = (sorted.length - 1) / 2;
	const median = (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
	return { min: sorted[0], median, max: sorted[sorted.length - 1] };
}

export const series = (name: string, unit: Series['unit'], values: readonly number[]): Series => ({
	name,
	unit,
	values,
	spread: spreadOf(values),
});

/** A series in seconds of what was measured in milliseconds. */
export const seconds = (name: string, milliseconds: readonly number[]): Series =>
	series(
		name,
		's',
		milliseconds.map((value) => value / 1_000),
	);

export const atMost = (goal: string, value: number, most: number, measured: string): Goal => ({
	goal,
	measured,
	reached: value <= most,
});

export const atLeast = (goal: string, value: number, least: number, measured: string): Goal => ({
	goal,
	measured,
	reached: value >= least,
});

/**
 * The time of work that was done as a whole.
 *
 * @param count of the things that must have come out
 * @throws when it was another number: such a time says nothing
 */
export function timeIfComplete(
	{ milliseconds, results }: { milliseconds: number; results: number },
	count: number,
): number {
	if (results !== count) throw new Error(`${results} of ${count} came out`);
	return milliseconds;
}

export const times = (factor: number): string => `${factor.toFixed(2)} ×`;
export const percent = (part: number): string => `${(part * 100).toFixed(1)} %`;
