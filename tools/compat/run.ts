import { setTimeout as sleep } from 'node:timers/promises';

import { isOlder } from '../runtime/version';
import { checks, type Check } from './checks';
import { withWorld, type World } from './world';

/** How a check ended. */
export interface Outcome {
	readonly check: Check;
	/** Undefined if it passed. */
	readonly problem?: string;
	/** Whether this version of n8n is known to fail it. */
	readonly isKnown: boolean;
}

/** The outcomes of all checks with one version of n8n. */
export interface VersionResult {
	readonly version: string;
	readonly outcomes: readonly Outcome[];
}

/** Milliseconds for one check; the examples take longest. */
const PATIENCE = 240_000;

async function outcomeOf(check: Check, version: string, world: World): Promise<Outcome> {
	const isKnown = check.since !== undefined && isOlder(version, check.since);
	const giveUp = sleep(PATIENCE, undefined, { ref: false }).then(() => {
		throw new Error(`It did not end within ${PATIENCE / 1000} s`);
	});
	try {
		await Promise.race([check.run(world), giveUp]);
		return { check, isKnown };
	} catch (error) {
		return { check, problem: (error as Error).message, isKnown };
	}
}

/** Runs all checks with one version of n8n, and prints each. */
export async function runChecks(version: string): Promise<VersionResult> {
	return await withWorld(version, async (world) => {
		const outcomes: Outcome[] = [];
		for (const check of checks) {
			const outcome = await outcomeOf(check, version, world);
			console.log(`${version}  ${check.name}: ${outcome.problem ?? 'passed'}`);
			outcomes.push(outcome);
		}
		return { version, outcomes };
	});
}

/** Whether a check failed in a version that should pass it. */
export const hasFailed = ({ problem, isKnown }: Outcome): boolean =>
	problem !== undefined && !isKnown;
