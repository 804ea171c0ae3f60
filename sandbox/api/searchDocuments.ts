import { GraphQLError } from 'graphql';

import { kinds } from './kinds';
import { fullShape, isObject } from './shapes';
import type { Entity, Store } from './store';
import { Ref } from './store';
import { urlOf } from './values';

/** The types that a search finds, with the kinds of their records. */
const SEARCHED: Readonly<Record<string, string>> = {
	BusinessModel: 'strategy_model',
	Comment: 'comment',
	Competitor: 'competitor',
	Epic: 'epic',
	Feature: 'feature',
	Goal: 'goal',
	Idea: 'idea',
	IdeaOrganization: 'idea_organization',
	IdeaTheme: 'idea_theme',
	IdeaUser: 'idea_user',
	Initiative: 'initiative',
	KeyResult: 'key_result',
	Page: 'page',
	Persona: 'persona',
	Project: 'product',
	Release: 'release',
	ReleasePhase: 'release_phase',
	Requirement: 'requirement',
	StrategicPositioning: 'strategy_positioning',
	Task: 'task',
};

const typeByKind = new Map(Object.entries(SEARCHED).map(([type, kind]) => [kind, type]));

/** A search result. */
export class SearchHit {
	constructor(readonly entity: Entity) {}
}

/** Finds records as `searchDocuments` does; all of them, without pages. */
export function searchDocuments(store: Store, filters: unknown): SearchHit[] {
	if (!isObject(filters)) throw new GraphQLError("Argument 'filters' is required");
	const { query, searchableType, projectId } = filters;
	if (typeof query !== 'string') throw new GraphQLError("Argument 'query' is required");
	const types = [searchableType].flat().filter(Boolean).map(String);
	const found = kinds
		.filter(({ name }) => typeByKind.has(name))
		.filter(({ name }) => types.length === 0 || types.includes(String(typeByKind.get(name))))
		.flatMap(({ name }) => store.all(name))
		.filter((entity) => isIn(entity, projectId))
		.filter(query.trim() === '*' ? isRandom(projectId) : matcherOf(store, query));
	return found.map((entity) => new SearchHit(entity));
}

/** Only the id as text finds anything; a prefix or a number is no error. */
const isIn = ({ data }: Entity, projectId: unknown): boolean =>
	projectId === undefined ||
	projectId === null ||
	(data.project instanceof Ref && data.project.id === projectId);

/** `*` finds an arbitrary part of the records, and nothing in a workspace. */
const isRandom =
	(projectId: unknown) =>
	({ id }: Entity): boolean =>
		!projectId && id.endsWith('7');

type Matcher = (entity: Entity) => boolean;

/** Understands words, their beginnings (`a*`), quoted phrases, `AND`, `OR` and `NOT`. */
function matcherOf(store: Store, query: string): Matcher {
	const groups = query.split(/\s+OR\s+/).map((group) => {
		const terms = [...group.matchAll(/(\bNOT\s+)?(?:"([^"]*)"|(\S+))/g)];
		return terms
			.filter(([term]) => term !== 'AND')
			.map(([, not, phrase, word]) => ({ not: not !== undefined, text: phrase ?? word }))
			.map(({ not, text }) => ({ not, text: text.toLowerCase() }));
	});
	return (entity) => {
		const text = searchableText(store, entity);
		return groups.some((terms) =>
			terms.every(({ not, text: wanted }) => contains(text, wanted) !== not),
		);
	};
}

const contains = (text: string, wanted: string): boolean =>
	wanted.endsWith('*')
		? text.split(/\s+/).some((word) => word.startsWith(wanted.slice(0, -1)))
		: text.includes(wanted);

const searchableText = (store: Store, { data }: Entity): string =>
	[data.name, data.title, data.reference_num, data.body, store.resolve(data.description)?.data.body]
		.join(' ')
		.toLowerCase();

/** The fields of a search result; a comment leads to what it is on. */
export function searchHitFields(store: Store, { entity }: SearchHit): Record<string, unknown> {
	const { id, kind, data } = entity;
	const linked = store.resolve(data.commentable) ?? entity;
	return {
		name: data.name ?? data.title ?? data.body ?? null,
		searchableType: typeByKind.get(kind.name),
		searchableId: id,
		searchable: entity,
		projectId: data.project instanceof Ref ? data.project.id : null,
		url: new URL(urlOf(store, linked)).pathname,
		updatedAt: data.updated_at,
	};
}

/** Types with a reference number that do not implement the interface for it. */
const BESIDE_INTERFACE = new Set(['Goal', 'Initiative', 'Task']);

/** The GraphQL type of a record and its interfaces: what a fragment can be on. */
export function typesOf({ kind, data }: Entity): string[] {
	const type = typeByKind.get(kind.name) ?? kind.type;
	return [
		type,
		...(data.reference_num && !BESIDE_INTERFACE.has(type) ? ['ReferenceInterface'] : []),
		...(fullShape(kind.name).keys.has('score') ? ['ScorableInterface'] : []),
	];
}

/** @throws GraphQLError when no record has the type */
export function assertType(name: string): void {
	const known =
		name in SEARCHED ||
		name.endsWith('Interface') ||
		kinds.some(({ type }) => type === name) ||
		/^(Query|Mutation|SearchDocument(Page)?|\w+Payload)$/.test(name);
	if (!known) {
		throw new GraphQLError(`No such type ${name}, so it can't be a fragment condition`);
	}
}
