import type { Handler } from './context';
import { findOrFail } from './context';
import { render } from './render';
import { elementShape, isObject, recordedBody } from './shapes';
import { workflowsOf } from './workflows';

const WORKFLOWS = 'GET /products/{product_id}/workflows';

const listWorkflows: Handler = ({ store, parameters }) => {
	const body = recordedBody(WORKFLOWS);
	const shape = elementShape(isObject(body) ? body.workflows : undefined, 'workflow');
	const workspace = findOrFail(store, 'product', parameters.product_id);
	return { workflows: workflowsOf(store, workspace).map((one) => render(store, one, shape)) };
};

export const workflowHandlers = { [WORKFLOWS]: listWorkflows };
