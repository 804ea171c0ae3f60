import type { IDataObject } from 'n8n-workflow';

import type { AssumptionResult, Probe } from './probe';
import type { WriteResult } from './writes';

type Action = 'create' | 'update' | 'destroy';

/** How often the log is read until it has all entries, and the seconds between two readings. */
const READINGS = 5;
const PAUSE = 8;

/** Follows the audit log from the start of this check, as the trigger does. */
export class AuditTrail {
	/** What was seen of each record, by its ID. */
	private readonly seen = new Map<string, Set<string>>();
	private readonly startedAt = Date.now();
	private after: string | undefined;
	private entries = 0;

	constructor(private readonly probe: Probe) {}

	/**
	 * Reads on until each of the records has an entry, or for as long as that is worth.
	 *
	 * @throws Stopped when no request may leave any more
	 */
	async follow(action: Action, ids: ReadonlyMap<string, WriteResult>): Promise<AssumptionResult> {
		const startedAt = Date.now();
		const isMissing = (id: string) => !this.seen.get(id)?.has(action);
		const needed = [...ids].filter(([, { planned }]) => planned.isLogged).map(([id]) => id);
		for (let reading = 1; ; reading++) {
			await this.readOn();
			if (reading === READINGS || !needed.some(isMissing)) break;
			await this.probe.account.wait(PAUSE * 1000);
		}
		const missing = needed.filter(isMissing);
		const others = [...ids].filter(([id, { planned }]) => !planned.isLogged && !isMissing(id));
		const kindsOf = (some: readonly string[]) => some.map((id) => ids.get(id)?.kind).join(', ');
		const seconds = Math.round((Date.now() - startedAt) / 1000);
		return {
			assumed: `The audit log has the ${action} of each main record, and is followed by \`after_id\``,
			holds: needed.length === 0 ? undefined : missing.length === 0,
			seen: [
				`${needed.length - missing.length} of ${needed.length} within ${seconds} s`,
				missing.length > 0 ? `missing: ${kindsOf(missing)}` : '',
				others.length > 0 ? `also: ${kindsOf(others.map(([id]) => id))}` : '',
				`${this.entries} entries in all`,
			]
				.filter(Boolean)
				.join('; '),
		};
	}

	private async readOn(): Promise<void> {
		// A minute for clocks that differ.
		const created_since = new Date(this.startedAt - 60_000).toISOString();
		for (;;) {
			const after = this.after === undefined ? {} : { after_id: this.after };
			const { records } = await this.probe.list('/audits', {
				created_since,
				per_page: 200,
				...after,
			});
			for (const audit of records) this.note(audit);
			if (records.length < 200) return;
		}
	}

	private note({ id, audit_action, auditable_id, associated_id }: IDataObject): void {
		this.entries++;
		const entry = String(id);
		if (this.after === undefined || BigInt(entry) > BigInt(this.after)) this.after = entry;
		for (const record of [auditable_id, associated_id].filter(Boolean).map(String)) {
			this.seen.set(record, (this.seen.get(record) ?? new Set()).add(String(audit_action)));
		}
	}
}
