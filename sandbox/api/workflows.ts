import type { Entity, Store } from './store';
import { Ref } from './store';

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

/**
 * The workflow of a kind of record: the workspace's own, or else that of the account.
 *
 * @param project the workspace, or a reference to it
 */
export function workflowOf(store: Store, kind: string, project?: unknown): Entity | undefined {
	const isUsed = ({ data }: Entity) => (data.record_kinds as string[]).includes(kind);
	const workspace = project instanceof Ref ? store.resolve(project) : (project as Entity);
	const own = workspace && [...store.referrers(workspace, 'workflow')].find(isUsed);
	return own ?? store.first('workflow', (entity) => !entity.data.project && isUsed(entity));
}

/** The workflows that a workspace uses. */
export const workflowsOf = (store: Store, workspace: Entity): Entity[] => {
	const used = Object.keys(STATUSABLE).map((kind) => workflowOf(store, kind, workspace));
	return [...new Set(used)].filter((workflow) => workflow !== undefined);
};

/** The statuses of a kind of record in a workspace, in order. */
export const statusesOf = (store: Store, kind: string, project?: unknown): Entity[] =>
	within(store, 'workflow_status', workflowOf(store, kind, project));

/** The statuses of a kind of record in any workspace. */
export const allStatusesOf = (store: Store, kind: string): Entity[] =>
	store
		.all('workflow')
		.filter(({ data }) => (data.record_kinds as string[]).includes(kind))
		.flatMap((workflow) => within(store, 'workflow_status', workflow));

/** The types (`workflow_kind`) of a kind of record in a workspace, in order. */
export const workflowKindsOf = (store: Store, kind: string, project?: unknown): Entity[] =>
	within(store, 'workflow_kind', workflowOf(store, kind, project));

const within = (store: Store, name: string, workflow?: Entity): Entity[] =>
	workflow ? store.all(name).filter(({ data }) => (data.workflow as Ref).id === workflow.id) : [];
