import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { copyOf } from '../transport/errors';
import type { Write } from './journal';

/** n8n's own types of errors, which the editor shows in full. */
export type NodeError = NodeApiError | NodeOperationError;

/** An error with the number of its item, as one of n8n's own types. */
export function withItemIndex(context: IExecuteFunctions, error: Error, index: number): NodeError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		// Several items may get the same error, such as that of a token.
		const own = copyOf(error);
		own.context.itemIndex = index;
		return own;
	}
	return new NodeOperationError(context.getNode(), error, { itemIndex: index });
}

/** Most wrong items that an error names. */
const MOST_NAMED = 10;

/**
 * The error of a run in which items are wrong, before anything was sent.
 *
 * @param errors that of each wrong item
 * @param count number of all items
 */
export function wrongItems(
	context: IExecuteFunctions,
	errors: readonly NodeError[],
	count: number,
): NodeError {
	const [first, ...others] = errors;
	if (others.length === 0) {
		if (count > 1) first.description = sentences('Nothing was sent to Aha!', first.description);
		return first;
	}
	const named = errors
		.slice(0, MOST_NAMED)
		.map(({ message, context: { itemIndex } }) => `Item ${String(itemIndex)}: ${message}`);
	const left = errors.length - named.length;
	return new NodeOperationError(
		context.getNode(),
		`${errors.length} of ${count} items are wrong, so nothing was sent to Aha!`,
		{
			itemIndex: Number(first.context.itemIndex),
			description: sentences(...named, left > 0 && `And ${left} more`),
		},
	);
}

/** Most writes that a description lists; all are in the error's data. */
const MOST_LISTED = 100;

/** The error that stopped a run, with what was written before. */
export function stoppedError(error: Error, writes: readonly Write[]): Error {
	if (!(error instanceof NodeApiError || error instanceof NodeOperationError)) return error;
	if (writes.length === 0) return error;
	const written = writes.filter(({ unclear }) => !unclear);
	const unclear = writes.filter((write) => write.unclear);
	Object.assign(error.context, { written, unclear });
	error.description = sentences(
		error.description,
		listed('Written before the run stopped', written),
		listed('May have been written', unclear),
	);
	return error;
}

function listed(title: string, writes: readonly Write[]): string | false {
	if (writes.length === 0) return false;
	const left = writes.length - MOST_LISTED;
	const names = writes.slice(0, MOST_LISTED).map(nameOf);
	return `${title}: ${names.join(', ')}${left > 0 ? ` and ${left} more` : ''}.`;
}

function nameOf({ itemIndex, method, path, id, reference_num }: Write): string {
	const record = reference_num ?? id ?? `${method} ${path}`;
	return `${record}${method === 'DELETE' && id ? ' deleted' : ''} (item ${itemIndex})`;
}

const sentences = (...parts: Array<string | null | undefined | false>): string =>
	parts
		.filter((part): part is string => typeof part === 'string' && part !== '')
		.map((part) => (/[.!?)]$/.test(part) && !part.endsWith('Aha!') ? part : `${part}.`))
		.join(' ');
