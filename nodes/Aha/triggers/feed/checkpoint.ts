import { UserError } from 'n8n-workflow';

/** How far a stream of changes has been followed: small, flat, and plain JSON. */
export interface Checkpoint {
	/** Raise it when the shape changes, and upgrade older ones in `readPollState`. */
	readonly version: 1;
	/**
	 * Position up to which everything is handled and nothing new can appear; base 36, or empty as
	 * long as there is none.
	 */
	readonly watermark: string;
	/** Aha!'s time of the watermark, or of the start while there is none; milliseconds. */
	readonly watermarkAt: number;
	/** The changes above the watermark that are handled, see `packHandled`. */
	readonly handled: string;
	/** Changes from before this moment are not emitted; milliseconds. */
	readonly startAt: number;
}

/** Handled changes by their position, with Aha!'s time of each in milliseconds. */
export type Handled = ReadonlyMap<bigint, number>;

/** A checkpoint with its positions unpacked. */
export interface Progress {
	readonly watermark: bigint | undefined;
	readonly watermarkAt: number;
	readonly handled: Handled;
	readonly startAt: number;
}

const MINUTE = 60_000;
const BASE = 36;

export function packCheckpoint(progress: Progress): Checkpoint {
	const { watermark, watermarkAt, handled, startAt } = progress;
	return {
		version: 1,
		watermark: watermark === undefined ? '' : watermark.toString(BASE),
		watermarkAt,
		handled: packHandled(handled, watermark ?? 0n),
		startAt,
	};
}

/** @throws UserError when a position was not written by `packCheckpoint` */
export function unpackCheckpoint(checkpoint: Checkpoint): Progress {
	const { watermarkAt, startAt } = checkpoint;
	const watermark = checkpoint.watermark === '' ? undefined : parsePosition(checkpoint.watermark);
	const handled = unpackHandled(checkpoint.handled, watermark ?? 0n);
	return { watermark, watermarkAt, handled, startAt };
}

/**
 * `minute:step,step;minute:step`: positions by the minute of their time, as steps upward from the
 * watermark, in base 36. Takes about seven characters a position where ids hold the time, as
 * Aha!'s do.
 */
function packHandled(handled: Handled, watermark: bigint): string {
	const minutes = new Map<number, bigint[]>();
	for (const [position, at] of handled) {
		const minute = Math.floor(at / MINUTE);
		const positions = minutes.get(minute) ?? [];
		minutes.set(minute, positions);
		positions.push(position);
	}
	return [...minutes]
		.sort(([a], [b]) => a - b)
		.map(([minute, positions]) => `${minute.toString(BASE)}:${packSteps(positions, watermark)}`)
		.join(';');
}

function packSteps(positions: bigint[], watermark: bigint): string {
	let previous = watermark;
	const steps = positions.sort(ascending).map((position) => {
		const step = position - previous;
		previous = position;
		return step.toString(BASE);
	});
	return steps.join(',');
}

/** A time comes back as the end of its minute, so never too early. */
function unpackHandled(packed: string, watermark: bigint): Handled {
	const handled = new Map<bigint, number>();
	for (const group of packed === '' ? [] : packed.split(';')) {
		const [minute, steps] = group.split(':');
		const at = (parseInt(minute, BASE) + 1) * MINUTE - 1;
		let position = watermark;
		for (const step of steps.split(',')) {
			position += parsePosition(step);
			handled.set(position, at);
		}
	}
	return handled;
}

function parsePosition(packed: string): bigint {
	if (!/^[0-9a-z]+$/.test(packed)) throw new UserError('The stored trigger state is damaged');
	let value = 0n;
	for (const digit of packed) value = value * BigInt(BASE) + BigInt(parseInt(digit, BASE));
	return value;
}

/** Compares two positions, for sorting. */
export const ascending = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
