import type { Audit } from './auditLog';
import { AuditLog } from './auditLog';
import { byId, Ids, isId } from './ids';
import type { Kind } from './kinds';
import { kindOf, kinds } from './kinds';

/** A reference to another record. */
export class Ref {
	constructor(
		readonly kind: string,
		readonly id: string,
	) {}
}

/** A record. `data` has plain values and references under Aha!'s names. */
export interface Entity {
	readonly id: string;
	readonly kind: Kind;
	readonly data: Record<string, unknown>;
}

/** A deleted record in the recycle bin, with everything that was deleted with it. */
export interface Deletion {
	readonly id: string;
	readonly entity: Entity;
	readonly parts: readonly Entity[];
	readonly deletedBy: Entity | undefined;
	readonly deletedAt: string;
}

/** Kinds for which only attachments are looked up, so that others are left out of the index. */
const UNINDEXED = new Set(['note', 'workflow_kind', 'workflow_status']);

const refsIn = (value: unknown): Ref[] => {
	if (value instanceof Ref) return [value];
	return Array.isArray(value) ? value.filter((element) => element instanceof Ref) : [];
};

/** The records of an account. */
export class Store {
	readonly host: string;
	readonly log = new AuditLog();
	readonly deletions = new Map<string, Deletion>();
	/** Contents of uploaded files by attachment id. */
	readonly files = new Map<string, Buffer>();
	/** Tags by name, with id and color. */
	readonly tags = new Map<string, Record<string, unknown>>();
	/** Tokens left for historical searches. */
	historyTokens = 1000;
	/** Number of GraphQL queries with fragments. */
	fragmentQueries = 0;

	/** Creation time in new ids, in milliseconds; now by default. Seeding sets it to get stable ids. */
	idsFrom: number | undefined;

	private readonly ids = new Ids();
	private readonly records = new Map<string, Entity>();
	private readonly references = new Map<string, Entity>();
	private readonly lists = new Map<string, Map<string, Entity>>();
	private readonly ordered = new Map<string, Entity[]>();
	private readonly referrersById = new Map<string, Map<string, Set<Entity>>>();
	private readonly counters = new Map<string, number>();

	constructor(readonly domain: string) {
		this.host = `${domain}.aha.io`;
		for (const { name } of kinds) this.lists.set(name, new Map());
	}

	/** The audit log, oldest first. */
	get audits(): readonly Audit[] {
		return this.log.entries;
	}

	/** @returns removes the listener */
	onAudit(listener: (audit: Audit) => void): () => void {
		return this.log.listen(listener);
	}

	/**
	 * Hides every second new entry for some time, so that later entries are visible first.
	 *
	 * @param milliseconds 0 to hide no more entries
	 */
	delayAudits(milliseconds: number): void {
		this.log.delay = milliseconds;
	}

	newId(): string {
		return this.ids.next(this.idsFrom ?? Date.now());
	}

	/**
	 * Adds a record without an entry in the audit log.
	 *
	 * @param createdAt in milliseconds since 1970
	 */
	add(name: string, data: Record<string, unknown>, createdAt = Date.now()): Entity {
		const time = new Date(createdAt).toISOString();
		const entity: Entity = {
			id: this.newId(),
			kind: kindOf(name),
			data: { created_at: time, updated_at: time, ...data },
		};
		this.restore(entity);
		return entity;
	}

	/** Adds a record that was deleted. */
	restore(entity: Entity): void {
		this.records.set(entity.id, entity);
		this.list(entity.kind.name).set(entity.id, entity);
		this.insertInOrder(entity);
		const reference = this.referenceOf(entity);
		if (reference) this.references.set(reference, entity);
		for (const value of Object.values(entity.data)) this.index(entity, value);
	}

	/** Deletes a record; references to it stay as they are. */
	delete(entity: Entity): void {
		this.records.delete(entity.id);
		this.list(entity.kind.name).delete(entity.id);
		this.ordered.delete(entity.kind.name);
		const reference = this.referenceOf(entity);
		if (reference) this.references.delete(reference);
		for (const value of Object.values(entity.data)) this.unindex(entity, value);
	}

	/** Changes a record without an entry in the audit log. */
	set(entity: Entity, values: Record<string, unknown>): void {
		const reference = this.referenceOf(entity);
		for (const [key, value] of Object.entries(values)) {
			this.unindex(entity, entity.data[key]);
			entity.data[key] = value;
		}
		for (const key of Object.keys(entity.data)) this.index(entity, entity.data[key]);
		const renamed = this.referenceOf(entity);
		if (renamed === reference) return;
		if (reference) this.references.delete(reference);
		if (renamed) this.references.set(renamed, entity);
	}

	resolve(ref: unknown): Entity | undefined {
		return ref instanceof Ref ? this.records.get(ref.id) : undefined;
	}

	get(id: string): Entity | undefined {
		return this.records.get(id);
	}

	/** Finds a record by id or reference number. */
	find(name: string, idOrReference: string): Entity | undefined {
		const found = isId(idOrReference)
			? this.records.get(idOrReference)
			: this.references.get(`${familyOf(name)} ${idOrReference.toUpperCase()}`);
		return found && familyOf(found.kind.name) === familyOf(name) ? found : undefined;
	}

	/** All records of a kind, oldest first. */
	all(name: string): readonly Entity[] {
		const known = this.ordered.get(name) ?? [...this.list(name).values()].sort(byId);
		this.ordered.set(name, known);
		return known;
	}

	count(name: string): number {
		return this.list(name).size;
	}

	/** The oldest record of a kind that matches. */
	first(name: string, predicate: (entity: Entity) => boolean = () => true): Entity | undefined {
		for (const entity of this.all(name)) if (predicate(entity)) return entity;
		return undefined;
	}

	/** The records of a kind that refer to another record. */
	referrers(target: Entity, name: string): ReadonlySet<Entity> {
		return this.referrersById.get(target.id)?.get(name) ?? NO_ENTITIES;
	}

	/** The records of all kinds that refer to another record. */
	allReferrers(target: Entity): Entity[] {
		return [...(this.referrersById.get(target.id)?.values() ?? [])].flatMap((set) => [...set]);
	}

	/** The next number of a series, starting at 1. */
	nextNumber(series: string): number {
		const next = (this.counters.get(series) ?? 0) + 1;
		this.counters.set(series, next);
		return next;
	}

	/** Appends new records; restored ones make the list be sorted again. */
	private insertInOrder(entity: Entity): void {
		const { name } = entity.kind;
		const known = this.ordered.get(name);
		const last = known?.[known.length - 1];
		if (known && (!last || byId(last, entity) < 0)) known.push(entity);
		else this.ordered.delete(name);
	}

	private list(name: string): Map<string, Entity> {
		return this.lists.get(name) as Map<string, Entity>;
	}

	private referenceOf({ kind, data }: Entity): string | undefined {
		const reference = kind.name === 'product' ? data.reference_prefix : data.reference_num;
		return reference ? `${familyOf(kind.name)} ${String(reference).toUpperCase()}` : undefined;
	}

	private index(entity: Entity, value: unknown): void {
		for (const { id, kind } of refsIn(value)) {
			if (UNINDEXED.has(kind) && entity.kind.name !== 'attachment') continue;
			const byKind = this.referrersById.get(id) ?? new Map<string, Set<Entity>>();
			this.referrersById.set(id, byKind);
			const entities = byKind.get(entity.kind.name) ?? new Set();
			byKind.set(entity.kind.name, entities.add(entity));
		}
	}

	private unindex(entity: Entity, value: unknown): void {
		for (const { id } of refsIn(value)) {
			this.referrersById.get(id)?.get(entity.kind.name)?.delete(entity);
		}
	}
}

const NO_ENTITIES: ReadonlySet<Entity> = new Set();

/** Roll-up releases are also found as releases. */
const familyOf = (name: string): string => (name === 'roll_up_release' ? 'release' : name);

export const refTo = ({ kind, id }: Entity): Ref => new Ref(kind.name, id);
