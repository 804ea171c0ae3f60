import { KNOWN_STATUSES } from './known';
import type { Result } from './index';
import type { ReadResult } from './reads';
import { sentenceOf } from './shape';
import type { Step, WriteResult } from './writes';

/** What was found that was not expected, in sentences by where. */
export interface Finding {
	/** An endpoint, or an assumption. */
	readonly where: string;
	readonly what: string;
}

/** The user of the key may not, or the plan has it not: nothing is learned of the API. */
export const isDenied = (status: number): boolean => status === 402 || status === 403;

/** Everything in a result that node and simulated account did not expect. */
export const findingsOf = ({ assumptions, reads, writes, leftovers }: Result): Finding[] => [
	...assumptions
		.filter(({ holds }) => holds === false)
		.map(({ assumed, seen }) => ({ where: assumed, what: seen })),
	...writes.flatMap(ofWrite),
	...reads.flatMap(ofRead),
	...(leftovers > 0
		? [{ where: 'Cleanup', what: `${leftovers} records could not be deleted` }]
		: []),
];

function ofRead(read: ReadResult): Finding[] {
	if (read.reason !== undefined || isDenied(read.status)) return [];
	const failed = read.failed ? ['the node could not read the response'] : [];
	return sentences(read, 200, failed);
}

function ofWrite({ create, update, remove, planned }: WriteResult): Finding[] {
	const isRefused = planned.mayBeRefused !== undefined && (create?.status ?? 0) >= 400;
	if (isRefused) return [];
	return [
		...ofStep(create, 'no record was found afterwards'),
		...ofStep(update, 'the new value is not in the response'),
		...ofStep(remove, 'the record is still there'),
	];
}

function ofStep(step: Step | undefined, sentence: string): Finding[] {
	if (!step || isDenied(step.status)) return [];
	const isSuccess = step.status >= 200 && step.status < 300;
	return sentences(
		step,
		step.status < 300 ? step.status : 200,
		isSuccess && !step.worked ? [sentence] : [],
	);
}

function sentences(
	{ endpoint, status, recordedStatus, differences }: ReadResult | Step,
	usual: number,
	others: readonly string[],
): Finding[] {
	const expected = recordedStatus ?? usual;
	const isKnown = status === expected || KNOWN_STATUSES[endpoint]?.[status] !== undefined;
	const wrong = status === 0 ? 'no response' : `status ${status}, recorded ${expected}`;
	return [...(isKnown ? [] : [wrong]), ...differences.map(sentenceOf), ...others].map((what) => ({
		where: endpoint,
		what,
	}));
}
