import { timeInStatus } from '../handlers/timeInStatus';
import { fillEndpoint } from '../schema/endpoints';
import { withArticle, withRequestHandler } from '../schema/operations';
import type { Endpoint, EndpointOperation, Operation } from '../schema/types';
import { workflowStatusTime } from './workflowStatusTime';

/** Where Aha! lists the status times of each kind of record, by its name without `_id`. */
const lists = workflowStatusTime.operations.find(({ value }) => value === 'getAll')
	?.endpoint as Readonly<Record<string, Endpoint>>;

/**
 * The operations of a resource with Get Time in Status added, which reads what Get reads.
 *
 * @param noun what a record is called in a sentence
 * @param key its name in endpoints without `_id`, such as `key_result`
 */
export function withTimeInStatus(
	noun: string,
	key: string,
	operations: readonly Operation[],
): Operation[] {
	const get = operations.find(
		(operation): operation is EndpointOperation => operation.value === 'get',
	);
	if (!get) throw new TypeError(`${noun} cannot be read`);
	const time = withRequestHandler({
		...get,
		name: 'Get Time in Status',
		value: 'getTimeInStatus',
		action: `Get the time of ${withArticle(noun)} in each status`,
		description: 'Get how long it was in each status, one item for each stay',
		selectable: false,
		handler: timeInStatus(lists[key] && ((path) => fillEndpoint(lists[key], path))),
	});
	return [...operations, time];
}
