import { isAfter } from './ids';

/** An entry as `GET /audits` returns it. */
export interface Audit {
	readonly id: string;
	readonly audit_action: 'create' | 'update' | 'destroy';
	readonly created_at: string;
	readonly interesting: boolean;
	readonly user: Record<string, unknown>;
	readonly contributors: ReadonlyArray<{ user: Record<string, unknown> }>;
	readonly auditable_type: string;
	readonly auditable_id: string;
	readonly associated_type: string | null;
	readonly associated_id: string | null;
	readonly description: string;
	readonly auditable_url: string;
	readonly changes: ReadonlyArray<{ field_name: string; value: string }>;
}

type Listener = (audit: Audit) => void;

/** The append-only audit log of an account, ordered by id. */
export class AuditLog {
	readonly entries: Audit[] = [];
	/** Milliseconds for which every second entry is hidden from readers. */
	delay = 0;

	private readonly hidden = new Map<string, number>();
	private readonly listeners = new Set<Listener>();

	append(audit: Audit): void {
		this.entries.push(audit);
		if (this.delay > 0 && this.entries.length % 2 === 0) {
			this.hidden.set(audit.id, Date.now() + this.delay);
		}
		for (const listener of this.listeners) listener(audit);
	}

	listen(listener: Listener): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	/** The entries that can be read now, oldest first. */
	readable(afterId?: string): Audit[] {
		const entries = afterId ? this.entries.slice(this.firstAfter(afterId)) : this.entries;
		const now = Date.now();
		return entries.filter(({ id }) => (this.hidden.get(id) ?? 0) <= now);
	}

	private firstAfter(id: string): number {
		let [low, high] = [0, this.entries.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if (isAfter(this.entries[middle].id, id)) high = middle;
			else low = middle + 1;
		}
		return low;
	}
}
