import type { Audit } from './auditLog';
import { AuditLog } from './auditLog';
import { byId, Ids, isId } from './ids';
import type { Kind } from './kinds';
import { kindOf, kinds } from './kinds';

/** A pointer to another record. */
export class Ref {
	constructor(
		readonly kind: string,
		readonly id: string,
	) {}
}

/** A record. `data` holds plain values under Aha!'s own names, and pointers to other records. */
export interface Entity {
	readonly id: string;
	readonly kind: Kind;
	readonly data: Record<string, unknown>;
}

/** A deleted record in the recycle bin, with all that went with it. */
export interface Deletion {
	readonly id: string;
	readonly entity: Entity;
	readonly parts: readonly Entity[];
	readonly deletedBy: Entity | undefined;
	readonly deletedAt: string;
}

/** What nobody asks for in the other direction: kept out of the index of pointers. */
const UNINDEXED = new Set(['note', 'workflow_kind', 'workflow_status']);

const refsIn = (value: unknown): Ref[] => {
	if (value instanceof Ref) return [value];
	return Array.isArray(value) ? value.filter((element) => element instanceof Ref) : [];
};

/** All records of one account. */
export class Store {
	readonly host: string;
	readonly log = new AuditLog();
	readonly deletions = new Map<string, Deletion>();
	/** Bytes of uploaded files by the id of the attachment. */
	readonly files = new Map<string, Buffer>();
	/** Tags with the id and color that they have throughout the account. */
	readonly tags = new Map<string, Record<string, unknown>>();
	/** Tokens left for searches in the older history. */
	historyTokens = 1000;

	/** Moment from which ids are counted while an account is seeded: they are the same each day. */
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

	/** The account's log, append-only, the oldest first. */
	get audits(): readonly Audit[] {
		return this.log.entries;
	}

	/** @returns what ends it */
	onAudit(listener: (audit: Audit) => void): () => void {
		return this.log.listen(listener);
	}

	/**
	 * From now on every second entry can be read only later, so that others overtake it.
	 *
	 * @param milliseconds how much later; 0 ends it
	 */
	delayAudits(milliseconds: number): void {
		this.log.delay = milliseconds;
	}

	newId(): string {
		return this.ids.next(this.idsFrom ?? Date.now());
	}

	/**
	 * Keeps a record, without an entry in the log.
	 *
	 * @param resolve milliseconds since 1970: when it was made
	 */
	add(name: string, data: Record<string, unknown>, resolve = Date.now()): Entity {
		const time = new Date(resolve).toISOString();
		const entity: Entity = {
			id: this.newId(),
			kind: kindOf(name),
			data: { created_at: time, updated_at: time, ...data },
		};
		this.restore(entity);
		return entity;
	}

	/** Puts a record that was taken out back in. */
	restore(entity: Entity): void {
		this.records.set(entity.id, entity);
		this.list(entity.kind.name).set(entity.id, entity);
		this.insertInOrder(entity);
		const reference = this.referenceOf(entity);
		if (reference) this.references.set(reference, entity);
		for (const value of Object.values(entity.data)) this.index(entity, value);
	}

	/** Takes a record out; what points to it stays as it is. */
	delete(entity: Entity): void {
		this.records.delete(entity.id);
		this.list(entity.kind.name).delete(entity.id);
		this.ordered.delete(entity.kind.name);
		const reference = this.referenceOf(entity);
		if (reference) this.references.delete(reference);
		for (const value of Object.values(entity.data)) this.unindex(entity, value);
	}

	/** Changes values of a record, without an entry in the log. */
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

	at(ref: unknown): Entity | undefined {
		return ref instanceof Ref ? this.records.get(ref.id) : undefined;
	}

	get(id: string): Entity | undefined {
		return this.records.get(id);
	}

	/** A record by its id or its reference. */
	find(name: string, idOrReference: string): Entity | undefined {
		const found = isId(idOrReference)
			? this.records.get(idOrReference)
			: this.references.get(`${familyOf(name)} ${idOrReference.toUpperCase()}`);
		return found && familyOf(found.kind.name) === familyOf(name) ? found : undefined;
	}

	/** All records of a kind, the oldest first. */
	all(name: string): readonly Entity[] {
		const known = this.ordered.get(name) ?? [...this.list(name).values()].sort(byId);
		this.ordered.set(name, known);
		return known;
	}

	count(name: string): number {
		return this.list(name).size;
	}

	/** The first record that fits. */
	first(name: string, fits: (entity: Entity) => boolean = () => true): Entity | undefined {
		for (const entity of this.all(name)) if (fits(entity)) return entity;
		return undefined;
	}

	/** The records of a kind that point to another. */
	referrers(target: Entity, name: string): ReadonlySet<Entity> {
		return this.referrersById.get(target.id)?.get(name) ?? NO_ENTITIES;
	}

	/** All records that point to another, of any kind. */
	allReferrers(target: Entity): Entity[] {
		return [...(this.referrersById.get(target.id)?.values() ?? [])].flatMap((set) => [...set]);
	}

	/** The next number of a series, from 1. */
	nextNumber(series: string): number {
		const next = (this.counters.get(series) ?? 0) + 1;
		this.counters.set(series, next);
		return next;
	}

	/** A new record is the last; one that comes back is put in its place. */
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
			if (UNINDEXED.has(kind)) continue;
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

/** A roll-up release is found among the releases as well. */
const familyOf = (name: string): string => (name === 'roll_up_release' ? 'release' : name);

export const refTo = ({ kind, id }: Entity): Ref => new Ref(kind.name, id);
