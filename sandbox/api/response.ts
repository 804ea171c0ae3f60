import type { RequestContext } from './context';
import { kindOf } from './kinds';
import { splitFields } from './lists';
import { render } from './render';
import { fullShape, isObject, pickFields, recordedBody, recordShape } from './shapes';
import type { Entity } from './store';

/** Renders a record as the response of an endpoint. */
export type Responder = (context: RequestContext, entity: Entity) => unknown;

/** The key of the record in the recorded response, if it has one, and the record itself. */
function responseSample(route: string, fallback: string): { key?: string; sample: unknown } {
	const body = recordedBody(route);
	if (!isObject(body)) return { key: fallback, sample: undefined };
	const key = Object.keys(body).find((name) => name !== 'pagination' && isObject(body[name]));
	return 'id' in body ? { sample: body } : { key: key ?? fallback, sample: body[key ?? fallback] };
}

/** @param route for example `GET /features/{id}` */
export function responderFor(route: string, kind: string): Responder {
	const { key, sample } = responseSample(route, kindOf(kind).name);
	const shape = recordShape(sample, kind);
	return ({ store, query, body }, entity) => {
		const fields = query.fields ?? body.fields;
		const chosen =
			typeof fields === 'string' && fields !== ''
				? pickFields(fullShape(kind), ['product_id', ...splitFields(fields, kind)])
				: shape;
		const record = render(store, entity, chosen);
		return key === undefined ? record : { [key]: record };
	};
}
