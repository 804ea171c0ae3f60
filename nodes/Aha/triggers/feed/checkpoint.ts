import { UserError } from 'n8n-workflow';

/**
 * How far a stream of changes has been followed. Small (see `FollowOptions.memory`), flat, and
 * JSON as it stands.
 */
export interface FollowState {
	/** Raised when the shape changes; `readState` upgrades older ones. */
	readonly version: 1;
	/** Position up to which everything is handled and nothing new can appear; base 36, or empty. */
	readonly floor: string;
	/** Aha!'s time of the floor, or of the start while there is no floor; milliseconds. */
	readonly floorAt: number;
	/** What is handled above the floor: see `packSeen`. */
	readonly seen: string;
	/** Changes before this moment are not wanted; milliseconds. */
	readonly from?: number;
}

/** What is handled above the floor: positions with Aha!'s time of each, in milliseconds. */
export type Seen = ReadonlyMap<bigint, number>;

const MINUTE = 60_000;
const BASE = 36;

const byValue = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * `minute:step,step;minute:step`: positions by the minute of their time, as steps from the floor
 * upwards, in base 36. About seven characters a position where ids hold the time, as Aha!'s do.
 */
export function packSeen(seen: Seen, floor: bigint): string {
	const minutes = new Map<number, bigint[]>();
	for (const [position, at] of seen) {
		const minute = Math.floor(at / MINUTE);
		minutes.set(minute, [...(minutes.get(minute) ?? []), position]);
	}
	return [...minutes]
		.sort(([a], [b]) => a - b)
		.map(([minute, positions]) => `${minute.toString(BASE)}:${packSteps(positions, floor)}`)
		.join(';');
}

function packSteps(positions: bigint[], floor: bigint): string {
	let last = floor;
	const steps = positions.sort(byValue).map((position) => {
		const step = position - last;
		last = position;
		return step.toString(BASE);
	});
	return steps.join(',');
}

/** The opposite of `packSeen`. A time comes back as the end of its minute, so never too early. */
export function unpackSeen(packed: string, floor: bigint): Map<bigint, number> {
	const seen = new Map<bigint, number>();
	for (const group of packed === '' ? [] : packed.split(';')) {
		const [minute, steps] = group.split(':');
		const at = (parseInt(minute, BASE) + 1) * MINUTE - 1;
		let position = floor;
		for (const step of steps.split(',')) {
			position += parsePosition(step);
			seen.set(position, at);
		}
	}
	return seen;
}

export const packPosition = (position: bigint): string => position.toString(BASE);

/** @throws UserError when the text was not written by `packPosition` */
export function parsePosition(packed: string): bigint {
	if (!/^[0-9a-z]+$/.test(packed))
		throw new UserError('The stored state of the trigger is damaged');
	let value = 0n;
	for (const digit of packed) value = value * BigInt(BASE) + BigInt(parseInt(digit, BASE));
	return value;
}
