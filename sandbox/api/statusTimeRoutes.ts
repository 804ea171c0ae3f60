import type { Handler } from './context';
import { findOrFail } from './context';
import { responderFor } from './response';
import { invalid } from './errors';
import { paginate } from './lists';
import { render } from './render';
import { fullShape, isObject } from './shapes';
import { addStay, STATUS_TIME, staysOf, TIMED } from './statusTimes';
import { statusesOf } from './workflows';

const listStays =
	(name: string, parameter: string): Handler =>
	({ store, parameters, query }) => {
		const stays = staysOf(store, findOrFail(store, name, parameters[parameter]));
		const { records, pagination } = paginate(stays, query);
		const shape = fullShape(STATUS_TIME);
		return {
			workflow_status_times: records.map((stay) => render(store, stay, shape)),
			pagination,
		};
	};

const addOne =
	(route: string, name: string, parameter: string): Handler =>
	(context) => {
		const { store, parameters, body } = context;
		const record = findOrFail(store, name, parameters[parameter]);
		const given = isObject(body.workflow_status_time) ? body.workflow_status_time : body;
		const wanted = String(given.workflow_status_id as string);
		const status = statusesOf(store, name, record.data.project).find(({ id }) => id === wanted);
		if (!status) throw invalid('Workflow status must exist');
		if (!given.started_at) throw invalid("Started at can't be blank");
		const stay = addStay(store, record, status, given.started_at, given.ended_at ?? null);
		return responderFor(route, STATUS_TIME)(context, stay);
	};

export const statusTimeHandlers: Readonly<Record<string, Handler>> = Object.fromEntries(
	Object.entries(TIMED).flatMap(([plural, name]) => {
		const parameter = `${plural.replace(/s$/, '')}_id`;
		const path = `/${plural}/{${parameter}}/workflow_status_times`;
		return [
			[`GET ${path}`, listStays(name, parameter)],
			[`POST ${path}`, addOne(`POST ${path}`, name, parameter)],
		];
	}),
);
