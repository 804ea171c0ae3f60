/** Generates ids like Aha!'s: greater than 2^53, with the creation time in the upper 32 bits. */
export class Ids {
	private last = 0n;
	private count = 0n;

	/** @param at in milliseconds since 1970 */
	next(at: number): string {
		this.count += 1n;
		const made = (BigInt(Math.floor(at / 1000)) << 32n) | this.count;
		this.last = made > this.last ? made : this.last + 1n;
		return String(this.last);
	}
}

export const isId = (text: string): boolean => /^\d+$/.test(text);

/** Compares ids without converting them to numbers, which would lose digits. */
export const byId = (a: { id: string }, b: { id: string }): number =>
	a.id.length - b.id.length || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

export const isAfter = (id: string, other: string): boolean =>
	id.length === other.length ? id > other : id.length > other.length;
