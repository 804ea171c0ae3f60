import type { Entity, Store } from './store';
import type { Ref } from './store';

/** Workflows by the kinds of record that follow them. */
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

/** The statuses that records of a kind can have, in order. */
export const statusesOf = (store: Store, kind: string): Entity[] =>
	inWorkflow(store, kind, 'workflow_status');

/** The types that records of a kind can have, in order. */
export const workflowKindsOf = (store: Store, kind: string): Entity[] =>
	inWorkflow(store, kind, 'workflow_kind');

function inWorkflow(store: Store, kind: string, name: string): Entity[] {
	const workflow = workflowOf(store, kind);
	if (!workflow) return [];
	return [...store.all(name)].filter(({ data }) => (data.workflow as Ref).id === workflow.id);
}
