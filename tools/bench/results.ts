/** The values of one quantity in all runs. */
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
	/** The measured value as text. */
	readonly measured: string;
	readonly reached: boolean;
}

/** The results of one kind of work. */
export interface RowResult {
	readonly id: string;
	readonly work: string;
	/** The rate limits of the account. */
	readonly limits: string;
	readonly series: readonly Series[];
	readonly goals: readonly Goal[];
	/** Why it could not be measured. */
	readonly failure?: string;
}

/** One kind of work to measure. */
export interface Row {
	readonly id: string;
	readonly work: string;
	readonly limits: string;
	/** Rows of different lanes mostly wait for limits, so they are measured concurrently. */
	readonly lane?: 'engine' | 'cluster';
	/** Takes too long to be measured unless it is requested by `--only`. */
	readonly onlyOnRequest?: boolean;
	/**
	 * @param runs how many times to measure
	 * @param onWaiting called when everything has started, and the rest mostly waits
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

/** Converts milliseconds to a series in seconds. */
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
 * The time of a measurement, if it is complete.
 *
 * @param count the expected number of results
 * @throws when the number is different, as the time would be meaningless
 */
export function timeIfComplete(
	{ milliseconds, results }: { milliseconds: number; results: number },
	count: number,
): number {
	if (results !== count) throw new Error(`There are ${results} of ${count} results`);
	return milliseconds;
}

export const times = (factor: number): string => `${factor.toFixed(2)} ×`;
export const percent = (part: number): string => `${(part * 100).toFixed(1)} %`;
