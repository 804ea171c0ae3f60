import type { Entity, Store } from './store';
import type { Ref } from './store';

/** Aha!'s `statusable_type` of the workflow that each kind of record uses. */
export const STATUSABLE: Readonly<Record<string, string>> = {
	feature: 'Feature',
	requirement: 'Feature',
	epic: 'Feature',
	release: 'Release',
	idea: 'Idea',
	initiative: 'Initiative',
	goal: 'StrategicImperative',
	key_result: 'KeyResult',
	page: 'Page',
};

export const workflowOf = (store: Store, kind: string): Entity | undefined =>
	STATUSABLE[kind] === undefined
		? undefined
		: store.first('workflow', ({ data }) => data.statusable_type === STATUSABLE[kind]);

/** The statuses of a kind of record, in order. */
export const statusesOf = (store: Store, kind: string): Entity[] =>
	inWorkflow(store, kind, 'workflow_status');

/** The types (`workflow_kind`) of a kind of record, in order. */
export const workflowKindsOf = (store: Store, kind: string): Entity[] =>
	inWorkflow(store, kind, 'workflow_kind');

function inWorkflow(store: Store, kind: string, name: string): Entity[] {
	const workflow = workflowOf(store, kind);
	if (!workflow) return [];
	return [...store.all(name)].filter(({ data }) => (data.workflow as Ref).id === workflow.id);
}
