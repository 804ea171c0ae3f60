/** Ids as Aha! makes them: beyond 2^53, with the seconds of their making in the upper half. */
export class Ids {
	private last = 0n;
	private count = 0n;

	/** @param at milliseconds since 1970 */
	next(at: number): string {
		this.count += 1n;
		const made = (BigInt(Math.floor(at / 1000)) << 32n) | this.count;
		this.last = made > this.last ? made : this.last + 1n;
		return String(this.last);
	}
}

export const isId = (text: string): boolean => /^\d+$/.test(text);

/** Orders ids without turning them into numbers. */
export const byId = (a: { id: string }, b: { id: string }): number =>
	a.id.length - b.id.length || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

export const isAfter = (id: string, other: string): boolean =>
	id.length === other.length ? id > other : id.length > other.length;
