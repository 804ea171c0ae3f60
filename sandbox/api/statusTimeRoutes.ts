import type { Handler } from './engine';
import { answerOf, the } from './engine';
import { invalid } from './failures';
import { pageOf } from './lists';
import { render } from './render';
import { fullShape, isObject } from './shapes';
import { addStay, STATUS_TIME, staysOf, TIMED } from './statusTimes';
import { statusesOf } from './workflows';

const listStays =
	(name: string, parameter: string): Handler =>
	({ store, parameters, query }) => {
		const stays = staysOf(store, the(store, name, parameters[parameter]));
		const { records, pagination } = pageOf(stays, query);
		const shape = fullShape(STATUS_TIME);
		return {
			workflow_status_times: records.map((stay) => render(store, stay, shape)),
			pagination,
		};
	};

const addOne =
	(route: string, name: string, parameter: string): Handler =>
	(visit) => {
		const { store, parameters, body } = visit;
		const record = the(store, name, parameters[parameter]);
		const given = isObject(body.workflow_status_time) ? body.workflow_status_time : body;
		const wanted = String(given.workflow_status_id as string);
		const status = statusesOf(store, name).find(({ id }) => id === wanted);
		if (!status) throw invalid('Workflow status must exist');
		if (!given.started_at) throw invalid("Started at can't be blank");
		const stay = addStay(store, record, status, given.started_at, given.ended_at ?? null);
		return answerOf(route, STATUS_TIME)(visit, stay);
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
