/** One element of a stream that only grows. */
export interface StreamEntry<T> {
	/** Its place in the stream; no two entries have the same. */
	readonly position: bigint;
	/** When it was made, by Aha!'s clock; milliseconds. */
	readonly at: number;
	readonly value: T;
}

/** Which part of a stream to read. */
export interface ReadRange {
	/** Only entries above this position; all unless given. */
	readonly after?: bigint;
	/** Only entries made at or after this moment; milliseconds. */
	readonly since: number;
}

export interface StreamPage<T> {
	readonly entries: ReadonlyArray<StreamEntry<T>>;
	/** Aha!'s time of the response, in milliseconds. */
	readonly serverTime: number;
	/** How many entries the whole range holds, if the response tells. */
	readonly total?: number;
	/** Where the entries are that no page has shown yet: above all those shown, or anywhere. */
	readonly unread: 'none' | 'above' | 'anywhere';
}

/** A stream that can be read page by page. */
export interface Source<T> {
	pages(range: ReadRange): AsyncIterable<StreamPage<T>>;
}
