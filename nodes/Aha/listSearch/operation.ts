import { UserError } from 'n8n-workflow';

import type { Operation } from '../engine/types';
import { resources } from '../resources';

/** An operation of the node, to fill a form with what it gives. */
export function operationOf(resource: string, operation: string): Operation {
	const found = resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);
	if (!found) throw new UserError(`There is no list of ${resource}`);
	return found;
}
